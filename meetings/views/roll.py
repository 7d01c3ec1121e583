"""The roll of one meeting: present, absent with reasons; on screen, on paper, as tables."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ledger.verdict import Refused
from live.log import position
from meetings.frame import frame
from meetings.labels import ABSENCES, ARRIVALS, PRESENCES, role_choices
from meetings.models import Meeting
from meetings.queries.roll import RollLine, absent_lines, present_lines, roll_lines
from meetings.roll_sheet import roll_file
from meetings.rules.meeting import participation, roles_of
from meetings.rules.people import sees_reasons
from meetings.views.doors import opened
from meetings.workflow import SEEN_BY_ALL
from people.models import User
from search.fold import fold

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}


@login_required
@require_safe
def roll(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Who is there and since when, who is not and why."""
    user, meeting = opened(request, public_id)
    around = frame(user, meeting, "roll")
    if meeting.state not in SEEN_BY_ALL:
        raise Refused("wrong_state")
    stands = position(meeting.stream)
    seen = f"{stands.epoch}.{stands.seq}"
    if request.GET.get("seen") == seen:
        return HttpResponse(status=204)  # nothing has happened in the room: the page stays as it is
    words, role = request.GET.get("q", "").strip()[:100], request.GET.get("role", "")
    everybody = roll_lines(meeting)
    site = request.GET.get("site", "")
    lines = [line for line in everybody if meant(line, words, role, site)]
    names = dict(role_choices(meeting))
    context = {
        **around,
        "present_lines": [
            (line, PRESENCES[line.presence], names[line.place.role], ARRIVALS[line.place.checked_in_by])
            for line in present_lines(lines)
        ],
        "absent_lines": [(line, ABSENCES[line.place.reply], names[line.place.role]) for line in absent_lines(lines)],
        "total": len(everybody),
        "here": sum(line.presence in ("here", "late") for line in everybody),
        "late": sum(line.late for line in everybody),
        "came": sum(line.here for line in everybody),
        "sees_reasons": sees_reasons(around["my_roles"]),
        "q": words,
        "role": role,
        "site": site,
        "sites": list(meeting.sites.filter(removed_at__isnull=True)),
        "live": meeting.state in ("published", "open"),
        "seen": seen,
        "roles": list(names.items()),
        "now": timezone.now(),
    }
    page = "meetings/parts/roll.html" if "seen" in request.GET else "meetings/roll.html"
    return render(request, page, context)


def meant(line: RollLine, words: str, role: str, site: str) -> bool:
    """Is this one of those looked for, by name with or without marks, role and site?"""
    place = line.place
    there = str(place.site.public_id) if place.site else place.attends
    return fold(words) in fold(place.user.full_name) and role in ("", place.role) and site in ("", there)


@login_required
@require_safe
def export(request: HttpRequest, public_id: UUID, part: str, form: str) -> HttpResponse:
    """One of the two lists as a file; the absentees only for those who may read why."""
    user, meeting = opened(request, public_id)
    allowed(user, meeting, part)
    return file_answer(roll_file(meeting, part, form, at=timezone.now()), file_name(part, meeting.starts_at), form)


def allowed(user: User, meeting: Meeting, part: str) -> None:
    """Refuse lists nobody may take away at this stage."""
    if meeting.state not in SEEN_BY_ALL:
        raise Refused("wrong_state")
    if not sees_reasons(roles_of(user, meeting, participation(user, meeting))):
        raise Refused("not_yours")


def file_name(part: str, day: datetime) -> str:
    """Return the name of the file, without the ending."""
    name = _("absent-delegates") if part == "absent" else _("delegates")
    return f"{name}-{timezone.localtime(day):%Y-%m-%d}"


def file_answer(content: bytes, name: str, form: str) -> HttpResponse:
    """Return the file to keep."""
    disposition = "inline" if form == "pdf" else "attachment"
    headers = {"Content-Disposition": f'{disposition}; filename="{name}.{form}"'}
    return HttpResponse(content, content_type=MEDIA_TYPES[form], headers=headers)
