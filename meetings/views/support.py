"""Serving a room: calls from the seats, and which rooms somebody serves today."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from meetings.actions import seat_requests
from meetings.labels import CALL_KINDS, CALL_STATES
from meetings.queries.calendar import day_bounds
from meetings.queries.calls import calls_of, get_served_meeting, get_visible_call, served_meetings, with_waiting
from meetings.rules.calls import Kind, may_with_call, reads_messages, serves
from people.queries import today
from people.requests import person


@login_required
@never_cache
@require_safe
def support(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Everything asked for from the seats of one room, the longest waiting first."""
    user = person(request)
    meeting = get_served_meeting(user, public_id)
    serves(user, meeting).require()
    calls = calls_of(meeting)
    calls = calls if reads_messages(user, meeting) else calls.exclude(kind=Kind.MESSAGE)
    rows = [(call, CALL_KINDS[call.kind], CALL_STATES[call.state]) for call in calls]
    context = {
        "meeting": meeting,
        "place": meeting.place,
        "standing": [row for row in rows if row[0].state != "settled"],
        "settled": [row for row in rows if row[0].state == "settled"][::-1][:20],
        "bootstrap": {
            "socket": f"/ws/meetings/{meeting.public_id}/support/?as={user.public_id}",
            "mine": user.full_name,
        },
    }
    return render(request, "meetings/support.html", context)


@login_required
@require_POST
def serve(request: HttpRequest, public_id: UUID, call_id: UUID, verb: str) -> HttpResponse:
    """Take a call up or settle it, without a script."""
    user = person(request)
    meeting = get_served_meeting(user, public_id)
    call = get_visible_call(user, meeting, call_id)
    may_with_call(user, call, verb).require()
    if verb == "take":
        seat_requests.take(call, by=user, at=timezone.now())
    else:
        seat_requests.settle(call, answer=request.POST.get("answer", ""), by=user, at=timezone.now())
    return redirect(reverse("meetings:support", args=[public_id]))


def serving_panel(request: HttpRequest) -> Mapping[str, Any] | None:
    """Return the rooms to serve today, nothing on a day without."""
    begin, end = day_bounds(today())
    rooms = with_waiting(served_meetings(person(request)))
    rooms = rooms.filter(starts_at__gte=begin, starts_at__lt=end, state__in=("published", "open"))
    found = list(rooms[:20])
    return {"rooms": found} if found else None
