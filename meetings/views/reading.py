"""Who has read which paper, as a number; by name for chair and secretary; the one quiet reminder."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from ledger.verdict import Refused
from meetings.actions import nudges
from meetings.frame import frame
from meetings.models import Meeting, Nudge
from meetings.queries.reading import Reading, reading_of
from meetings.queries.visible import get_visible_paper
from meetings.rules.meeting import CONDUCTING
from meetings.views.doors import opened
from meetings.workflow import WHO
from people.models import User


@login_required
@require_safe
def page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Each paper with how many have opened its newest version."""
    user, meeting = opened(request, public_id)
    return render(request, "meetings/reading.html", context_of(user, meeting))


def context_of(user: User, meeting: Meeting) -> dict[str, Any]:
    """Return what the tab shows: numbers for those who keep the meeting, names for chair and secretary."""
    around = frame(user, meeting, "reading")
    roles = around["my_roles"]
    if not roles & WHO["keeper"]:
        raise Refused("not_yours")
    nudges_sent = {one.paper_id: one for one in Nudge.objects.filter(paper__item__meeting=meeting)}
    lines = [line(one, nudges_sent.get(one.paper.pk)) for one in reading_of(meeting).values()]
    return {**around, "lines": lines, "names": bool(roles & set(CONDUCTING)), "may_nudge": around["can"]["nudge"]}


def line(reading: Reading, nudge: Nudge | None) -> dict[str, Any]:
    """Return one paper with its readers."""
    waiting = len(reading.unread) + len(reading.older)
    return {"reading": reading, "read": len(reading.read), "total": reading.total, "nudge": nudge, "waiting": waiting}


@login_required
@require_POST
def nudge(request: HttpRequest, public_id: UUID, paper_id: UUID) -> HttpResponse:
    """Remind those who have not opened the paper."""
    user, meeting = opened(request, public_id)
    made = nudges.nudge(get_visible_paper(user, meeting, paper_id), by=user, at=timezone.now())
    said = ngettext("%(n)d person was reminded.", "%(n)d people were reminded.", made.told)
    messages.success(request, said % {"n": made.told})
    return redirect("meetings:reading", meeting.public_id)
