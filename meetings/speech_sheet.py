"""Who asked to speak and who spoke, as a table: one row per turn, then who waits or was not given the floor."""

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from meetings.floor import clock
from meetings.labels import SPEECH_STATES, lane_names
from meetings.models import Meeting, Speech
from meetings.queries.speaking import TurnLine, turn_lines, visible_speeches
from people.models import User
from ui.sheets import Cell, as_csv, as_xlsx

LANGUAGE = "vi"


def head() -> list[str]:
    """Return the columns."""
    return [
        _("No."),
        pgettext("agenda", "Item"),
        _("Full name"),
        _("Post"),
        _("Way of speaking"),
        pgettext("speech", "What about"),
        _("State"),
        pgettext("speech", "Turn"),
        _("Began"),
        _("Time used"),
        _("Seconds used"),
        _("Seconds allowed"),
    ]


def spoken_row(line: TurnLine, lanes: dict[str, str]) -> list[Cell]:
    """Return one turn."""
    turn, speech = line.turn, line.speech
    lane = _("Answer") if turn.phase == "answer" else lanes.get(speech.lane, speech.lane)
    began = timezone.localtime(turn.started_at).strftime("%H:%M")
    place, state = turn.participant, str(SPEECH_STATES[speech.state])
    who: list[Cell] = [speech.item.title, place.user.full_name, place.title, lane, speech.subject, state]
    limit = turn.limit_seconds or ""
    return [*who, line.nth, began, clock(turn.used_ms), turn.used_ms // 1000, limit]


def asked_row(speech: Speech, lanes: dict[str, str]) -> list[Cell]:
    """Return a request that has not been given the floor."""
    place, lane = speech.participant, lanes.get(speech.lane, speech.lane)
    state = str(SPEECH_STATES[speech.state])
    who: list[Cell] = [speech.item.title, place.user.full_name, place.title, lane, speech.subject, state]
    return [*who, "", "", "", "", ""]


def speech_rows(user: User, meeting: Meeting) -> list[list[Cell]]:
    """Return what this person may see: every turn, then who waits or was not given the floor."""
    found, lanes = visible_speeches(user, meeting), lane_names(meeting)
    rows = [spoken_row(line, lanes) for line in turn_lines(found)]
    waiting = found.filter(turns__isnull=True, state__in=("waiting", "called", "refused"))
    waiting = waiting.select_related("item", "participant__user").order_by("item__position", "asked_at", "pk")
    rows += [asked_row(speech, lanes) for speech in waiting]
    return [[number, *row] for number, row in enumerate(rows, start=1)]


def speech_file(user: User, meeting: Meeting, form: str) -> bytes:
    """Return the table as CSV or XLSX, in Vietnamese whatever the reader's language."""
    with translation.override(LANGUAGE):
        rows = speech_rows(user, meeting)
        return as_csv(head(), rows) if form == "csv" else as_xlsx(_("List of speakers"), head(), rows)
