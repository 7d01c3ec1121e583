"""The roll on paper and in tables: rows for CSV and XLSX, the list of delegates in the layout of Decree 30."""

from collections import Counter
from datetime import UTC, datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from documents.typeset.typeset import render
from ledger.days import LEGAL_ZONE
from meetings.labels import ABSENCES, ARRIVALS, PRESENCES, WAYS, role_name
from meetings.models import Meeting, Participant
from meetings.queries.roll import RollLine, absent_lines, present_lines, roll_lines
from ui.sheets import Cell, as_csv, as_xlsx

LANGUAGE = "vi"


def clock(at: datetime | None) -> str:
    """Return the time of day in the legal zone."""
    return at.astimezone(LEGAL_ZONE).strftime("%H:%M") if at else ""


def written_day(at: datetime) -> str:
    """Return a day as documents write it; days below 10 and the months 1 and 2 are padded."""
    local = at.astimezone(LEGAL_ZONE)
    month = f"{local.month:02d}" if local.month < 3 else str(local.month)
    return _("%(day)s/%(month)s/%(year)s in words") % {"day": f"{local.day:02d}", "month": month, "year": local.year}


def times_here(line: RollLine) -> str:
    """Return all times somebody was here, where they came more than once."""
    spells = [f"{clock(came)}–{clock(went)}" if went else f"{clock(came)}–" for came, went in line.spells]
    return "; ".join(spells) if len(spells) > 1 else ""


def where(line: RollLine) -> str:
    """Return where somebody took part, unless it was the room itself."""
    place = line.place
    if place.site:
        return place.site.name
    return str(WAYS[place.attends]) if place.attends != Participant.Attends.ROOM else ""


def stands_for(line: RollLine) -> str:
    """Return whom the person stands in for, or who stands in for them."""
    place = line.place
    if place.stands_in_for:
        return _("in place of %(name)s") % {"name": place.stands_in_for.user.full_name}
    if line.substitute:
        return _("substitute: %(name)s") % {"name": line.substitute.user.full_name}
    return ""


def present_head() -> list[str]:
    """Return the columns of the list of those present."""
    return [
        _("No."),
        _("Full name"),
        _("Post"),
        _("Unit"),
        _("Role"),
        _("Seat"),
        _("Came"),
        _("Left"),
        _("Times here"),
        pgettext("participant", "Attends"),
        _("Site"),
        _("Checked in"),
        _("Remark"),
        _("Signature"),
    ]


def present_row(line: RollLine) -> list[Cell]:
    """Return one row of those present."""
    place = line.place
    remarks = [str(PRESENCES["late"]) if line.late else "", stands_for(line)]
    return [
        line.number,
        place.user.full_name,
        place.title,
        line.unit,
        role_name(place.meeting, place.role),
        place.seat,
        clock(place.checked_in_at),
        clock(place.left_at),
        times_here(line),
        str(WAYS[place.attends]),
        place.site.name if place.site else "",
        str(ARRIVALS[place.checked_in_by]) if place.checked_in_by else "",
        "; ".join(filter(None, remarks)),
        "",
    ]


def absent_head() -> list[str]:
    """Return the columns of the list of absentees."""
    return [_("No."), _("Full name"), _("Post"), _("Unit"), _("Role"), _("Absence"), _("Reason"), _("Substitute")]


def absent_row(line: RollLine) -> list[Cell]:
    """Return one row of the absentees: why, in whose words, who came instead."""
    place = line.place
    reason = " – ".join(filter(None, [place.reply_reason, place.decision_words]))
    substitute = line.substitute.user.full_name if line.substitute else ""
    role = role_name(place.meeting, place.role)
    why = str(ABSENCES[place.reply])
    return [line.number, place.user.full_name, place.title, line.unit, role, why, reason, substitute]


def table(meeting: Meeting, part: str) -> tuple[str, list[str], list[list[Cell]]]:
    """Return title, columns and rows of one of the two lists."""
    lines = roll_lines(meeting)
    if part == "absent":
        return _("List of absentees"), absent_head(), [absent_row(line) for line in absent_lines(lines)]
    return _("List of those present"), present_head(), [present_row(line) for line in present_lines(lines)]


def roll_file(meeting: Meeting, part: str, form: str, *, at: datetime) -> bytes:
    """Return the list as a file; documents are in Vietnamese whatever the reader's language."""
    with translation.override(LANGUAGE):
        if form == "pdf":
            return roll_pdf(meeting, part, at=at)
        title, head, rows = table(meeting, part)
        return as_csv(head, rows) if form == "csv" else as_xlsx(title, head, rows)


def roll_pdf(meeting: Meeting, part: str, *, at: datetime) -> bytes:
    """Return the list typeset: everybody with a column to sign, or the absentees with their reasons."""
    lines = roll_lines(meeting)
    absent = part == "absent"
    agency = meeting.agency
    data: dict[str, Any] = {
        "title": f"{roll_name(absent)}: {meeting.title}",
        "author": agency.name,
        "governing": agency.superior_name,
        "agency": agency.name,
        "place": agency.place,
        "date": written_day(at),
        "name": roll_name(absent),
        "subject": meeting.title,
        "held": f"{clock(meeting.starts_at)}, {written_day(meeting.starts_at)}",
        "venue": meeting.where,
        "absent": absent,
        "rows": [absent_cells(line) for line in absent_lines(lines)] if absent else [cells(line) for line in lines],
        "sites": site_summary(lines),
        "total": len(lines),
        "present": sum(line.here for line in lines),
    }
    return render("roll", data, at=at.astimezone(UTC)).pdf


def site_summary(lines: list[RollLine]) -> str:
    """Return how many were where, unless everybody was in the room."""
    found = Counter(where(line) or _("in the meeting room") for line in lines if line.here)
    return "; ".join(f"{name}: {count}" for name, count in found.items()) if len(found) > 1 else ""


def roll_name(absent: bool) -> str:
    """Return what the paper is called."""
    return _("List of absent delegates") if absent else _("List of delegates attending")


def cells(line: RollLine) -> list[str]:
    """Return number, name, post with unit and substitution, time; the last column is for the hand."""
    post = "; ".join(filter(None, [line.place.title or line.unit, stands_for(line), where(line) if line.here else ""]))
    times = times_here(line) or clock(line.place.checked_in_at)
    left = f"–{clock(line.place.left_at)}" if line.place.left_at and len(line.spells) <= 1 else ""
    return [str(line.number), line.place.user.full_name, post, f"{times}{left}"]


def absent_cells(line: RollLine) -> list[str]:
    """Return number, name, post, and why."""
    why = ": ".join(filter(None, [str(ABSENCES[line.place.reply]), line.place.reply_reason]))
    return [str(line.number), line.place.user.full_name, line.place.title or line.unit, why]
