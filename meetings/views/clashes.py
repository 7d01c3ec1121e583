"""Who is expected elsewhere, and whether the room is taken, at the time a meeting has or is about to get."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ledger.verdict import Refused
from meetings.queries.calendar import clerk_agencies
from meetings.queries.clashes import STAYS_AWAY, person_clashes
from meetings.rules.meeting import may
from meetings.views.doors import opened
from people.models import User
from people.requests import person
from rooms.queries import bookable_rooms
from rooms.rules import is_free
from ui.forms import MomentField


class Times(forms.Form):
    """The times as the meeting's form has them."""

    starts_at = MomentField(required=False)
    ends_at = MomentField(required=False)
    room = forms.UUIDField(required=False)


@login_required
@require_safe
def part(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The clashes at the times of the form, those of the meeting where it gives none; for those who prepare it."""
    user, meeting = opened(request, public_id)
    may(user, meeting, "invite").require()
    asked = written(request)
    start, end = asked.get("starts_at") or meeting.starts_at, asked.get("ends_at") or meeting.ends_at
    staying = meeting.participants.filter(removed_at__isnull=True).exclude(reply__in=STAYS_AWAY)
    people = [place.user for place in staying.select_related("user")]
    found = person_clashes(people, start, end, besides=meeting, asked_by=user)
    room = room_part(user, asked.get("room"), start, end, besides=meeting.stream)
    return shown(request, {"meeting": meeting, "clashes": found, "wrong": end <= start, **room})


@login_required
@require_safe
def of_new(request: HttpRequest) -> HttpResponse:
    """Whether the room of the form is taken at its times, while a new meeting is being written."""
    user, asked = person(request), written(request)
    if not clerk_agencies(user):
        raise Refused("not_yours")
    return shown(request, room_part(user, asked.get("room"), asked.get("starts_at"), asked.get("ends_at")))


def shown(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """Return the part for the form, or a page with it."""
    page = "meetings/parts/clashes.html" if request.headers.get("HX-Request") == "true" else "meetings/clashes.html"
    return render(request, page, context)


def room_part(
    user: User, asked: UUID | None, start: datetime | None, end: datetime | None, *, besides: str = ""
) -> dict[str, Any]:
    """Return the room and whether it is free then; nothing while room or times are not written yet."""
    room = bookable_rooms(user).filter(public_id=asked).first() if asked else None
    if room is None or start is None or end is None or end <= start:
        return {}
    return {"room": room, "room_free": is_free(room, start, end, by=user, besides=besides)}


def written(request: HttpRequest) -> dict[str, Any]:
    """Return what the form says so far, as far as it can be read."""
    form = Times(request.GET)
    form.is_valid()
    return form.cleaned_data
