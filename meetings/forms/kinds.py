"""A kind of meeting as an agency wants it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from meetings.actions.kinds import Wish
from meetings.forms.speaking_times import SpeakingFields, speaking_written
from meetings.forms.voting_rules import VotingFields, voting_written
from meetings.kinds import Kind, kinds_on
from meetings.labels import language
from people.queries import today
from ui.forms import DayField

SAME = ""
NONE = "none"
MOST_VOTES = 10_000
QUORUMS = {"1/2": [1, 2], "2/3": [2, 3], "3/4": [3, 4]}
QUORUM_NAMES = [
    (SAME, _("As the kind it derives from")),
    (NONE, _("No quorum")),
    ("1/2", _("At least half of all members")),
    ("2/3", _("At least two thirds of all members")),
    ("3/4", _("At least three quarters of all members")),
]
HALF, TWO_THIRDS = {"kind": "more_than", "share": [1, 2]}, {"kind": "at_least", "share": [2, 3]}
DECIDING: dict[str, tuple[str, dict[str, Any], Any]] = {
    "half_all": ("all", HALF, _("More than half of all members")),
    "thirds_all": ("all", TWO_THIRDS, _("At least two thirds of all members")),
    "half_present": ("present", HALF, _("More than half of those present")),
    "thirds_present": ("present", TWO_THIRDS, _("At least two thirds of those present")),
    "everyone": ("present", {"kind": "everyone"}, _("Everyone present")),
}
NUMBER = "number"
VIETNAMESE = {
    "half_all": "Quá nửa tổng số thành viên",
    "thirds_all": "Ít nhất hai phần ba tổng số thành viên",
    "half_present": "Quá nửa số người có mặt",
    "thirds_present": "Ít nhất hai phần ba số người có mặt",
    "everyone": "Tất cả người có mặt",
}
YES_NO = [
    (SAME, _("As the kind it derives from")),
    ("yes", pgettext_lazy("rule", "Yes")),
    ("no", pgettext_lazy("rule", "No")),
]


class KindForm(SpeakingFields, VotingFields):
    """Name, offer and rules; what is left as it is follows the law."""

    base = forms.ChoiceField(label=_("Derived from"))
    label = forms.CharField(label=_("Own name"), max_length=120, required=False)
    offered = forms.BooleanField(label=_("Offered for new meetings"), required=False, initial=True)
    quorum = forms.ChoiceField(label=_("Quorum"), choices=QUORUM_NAMES, required=False)
    deciding = forms.ChoiceField(
        label=_("Decisions are carried by"),
        choices=[
            (SAME, _("As the kind it derives from")),
            *((code, row[2]) for code, row in DECIDING.items()),
            (NUMBER, _("A certain number of votes in favour")),
        ],
        required=False,
    )
    deciding_number = forms.IntegerField(
        label=_("How many votes in favour"),
        min_value=1,
        max_value=MOST_VOTES,
        required=False,
        help_text=_("Only where a certain number decides."),
    )
    absence_approval = forms.ChoiceField(label=_("The chair approves absences"), choices=YES_NO, required=False)
    substitutes_vote = forms.ChoiceField(label=_("Substitutes vote"), choices=YES_NO, required=False)
    basis = forms.CharField(
        label=_("Rests on"),
        max_length=300,
        required=False,
        help_text=_("Your working regulation with its number and date; asked for when a rule differs."),
    )
    starts_on = DayField(label=_("In force from"))
    field_order = (
        *("base", "label", "offered", "quorum", "deciding", "deciding_number"),
        *VotingFields.base_fields,
        *("absence_approval", "substitutes_vote"),
        *SpeakingFields.base_fields,
    )

    def __init__(self, *args: Any, own: bool, base: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own = own
        choices = [(kind.code, kind.name(language())) for kind in kinds_on(today())]
        self.fields["base"].choices = choices  # type: ignore[attr-defined]
        self.fields["label"].required = own
        if not own or base:
            self.fields["base"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        """A certain number needs the number."""
        data = super().clean() or {}
        if data.get("deciding") == NUMBER and "deciding_number" in data and not data["deciding_number"]:
            self.add_error("deciding_number", _("Write how many votes in favour are needed."))
        return data

    def wish(self) -> Wish:
        """Return what was asked for."""
        data = self.cleaned_data
        changes: dict[str, Any] = {}
        if data["quorum"]:
            changes["quorum"] = {"share": QUORUMS[data["quorum"]]} if data["quorum"] in QUORUMS else {}
        if data["deciding"]:
            changes["rules"] = [rule_for(data["deciding"], data["deciding_number"])]
        for name in ("absence_approval", "substitutes_vote"):
            if data[name]:
                changes[name] = data[name] == "yes"
        if voting := self.voting_changes():
            changes["voting"] = voting
        speaking = self.speaking_changes(data["base"], data["starts_on"], data["basis"].strip())
        if speaking:
            changes["speaking"] = speaking
        if changes:
            changes |= {"certainty": "agency", "basis": data["basis"].strip()}
        return Wish(data["base"], data["starts_on"], data["label"], data["offered"], changes)


def rule_for(code: str, number: int | None = None) -> dict[str, Any]:
    """Return the voting rule behind a choice, as data/kinds.json writes them."""
    if code == NUMBER:
        base, threshold = "all", {"kind": "number", "number": number}
        names = {"vi": f"Ít nhất {number} phiếu thuận", "en": f"At least {number} votes in favour"}
    else:
        base, threshold, name = DECIDING[code]
        names = {"vi": VIETNAMESE[code], "en": str(name)}
    return {
        "code": "ordinary",
        "name": names,
        "base": base,
        "threshold": threshold,
        "carrying": "yes",
        "board": "after",
        "certainty": "agency",
    }


def written_of(changes: dict[str, Any]) -> dict[str, Any]:
    """Return what the form shows of a row's changes."""
    shown: dict[str, Any] = {"basis": changes.get("basis", "")}
    if "quorum" in changes:
        share = changes["quorum"].get("share")
        shown["quorum"] = f"{share[0]}/{share[1]}" if share else NONE
    if "rules" in changes and changes["rules"][0]["threshold"]["kind"] == "number":
        shown |= {"deciding": NUMBER, "deciding_number": changes["rules"][0]["threshold"]["number"]}
    elif "rules" in changes:
        found = [code for code in DECIDING if rule_for(code)["threshold"] == changes["rules"][0]["threshold"]]
        shown["deciding"] = next((code for code in found if DECIDING[code][0] == changes["rules"][0]["base"]), SAME)
    for name in ("absence_approval", "substitutes_vote"):
        if name in changes:
            shown[name] = "yes" if changes[name] else "no"
    return shown | speaking_written(changes) | voting_written(changes)


def in_words(kind: Kind) -> list[str]:
    """Return the ways of deciding of a kind."""
    return [rule.name(language()) for rule in kind.rules]
