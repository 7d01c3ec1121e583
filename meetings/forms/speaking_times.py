"""Lanes and times of speaking as an agency wants them, in a kind of meeting of its own."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from meetings.kinds import kind_on
from meetings.speaking_times import DEBATE, LONGEST, QUESTION, SPEECH, SpeakingTimes

MINUTE = 60
AS_BASE = ""
LANES: dict[str, tuple[str, ...]] = {
    "speech": (SPEECH,),
    "questions": (SPEECH, QUESTION),
    "council": (SPEECH, DEBATE, QUESTION),
}
LANE_CHOICES: list[tuple[str, "Promise"]] = [
    (AS_BASE, _("As the kind it derives from")),
    ("speech", _("Speeches only")),
    ("questions", _("Speeches and questions")),
    ("council", _("Speeches, debate in its own lane, questions to a person")),
]
NAMES: dict[str, dict[str, str]] = {
    SPEECH: {"vi": "Phát biểu", "en": "Speech"},
    DEBATE: {"vi": "Tranh luận", "en": "Debate"},
    QUESTION: {"vi": "Đặt câu hỏi", "en": "Question"},
}
# Form field → which time, and whether it is the first time on an item or any later one.
FIELDS: dict[str, tuple[str, int]] = {
    "speech_first": (SPEECH, 0),
    "speech_later": (SPEECH, 1),
    "debate_time": (DEBATE, 0),
    "ask_time": ("ask", 0),
    "answer_time": ("answer", 0),
}


def minutes(label: Any) -> forms.DecimalField:
    """Return a field for a length of time in minutes; empty: as the base, 0: no limit."""
    widget = forms.NumberInput(attrs={"step": "0.5", "inputmode": "decimal"})
    return forms.DecimalField(
        label=label, required=False, min_value=Decimal(0), max_value=Decimal(LONGEST // MINUTE), widget=widget
    )


class SpeakingFields(forms.Form):
    """The part of a kind that says how people speak; what is left empty stays as it is in the base."""

    lanes = forms.ChoiceField(
        label=_("How people speak"),
        choices=LANE_CHOICES,
        required=False,
        help_text=_("Times left empty stay as they are in the base; 0 means no limit."),
    )
    speech_first = minutes(_("Speech, first time on an item (minutes)"))
    speech_later = minutes(_("Speech, second time on (minutes)"))
    debate_time = minutes(_("Debate (minutes)"))
    ask_time = minutes(_("Asking a question (minutes)"))
    answer_time = minutes(_("Answering a question (minutes)"))

    def speaking_changes(self, base: str, day: date, basis: str) -> dict[str, Any] | None:
        """Return `speaking` as data/kinds.json writes it, None where nothing was changed."""
        data = self.cleaned_data
        if not data["lanes"] and all(data[name] is None for name in FIELDS):
            return None
        known = kind_on(base, day)
        times = known.speaking if known else SpeakingTimes()
        lanes = LANES.get(data["lanes"]) or tuple(code for code, _names in times.lanes)
        names = {**NAMES, **dict(times.lanes)}
        return {
            "lanes": [{"code": code, "name": dict(names[code])} for code in lanes],
            "seconds": seconds_of(times, {name: data[name] for name in FIELDS}),
            "basis": basis,
            "certainty": "agency",
        }


def seconds_of(times: SpeakingTimes, given: Mapping[str, Decimal | None]) -> dict[str, list[int]]:
    """Return the base's times with those given put in their place."""
    found = {what: list(seconds) for what, seconds in times.seconds.items()}
    for name, (what, place) in FIELDS.items():
        value = given[name]
        if value is None:
            continue
        row = found.setdefault(what, [])
        row += [row[-1] if row else 0] * (place + 1 - len(row))
        row[place] = int(value * MINUTE)
    return found


def speaking_written(changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the form shows of an agency's own times."""
    speaking = changes.get("speaking")
    if not speaking:
        return {}
    lanes = tuple(lane["code"] for lane in speaking["lanes"])
    shown: dict[str, Any] = {"lanes": next((key for key, codes in LANES.items() if codes == lanes), AS_BASE)}
    for name, (what, place) in FIELDS.items():
        row = speaking["seconds"].get(what, [])
        if len(row) > place:
            shown[name] = Decimal(row[place]) / MINUTE
    return shown
