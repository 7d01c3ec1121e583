"""Who of the participants is expected elsewhere at the time a meeting has, or is about to get."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from meetings.models import Meeting
from meetings.queries.clashes import STAYS_AWAY, person_clashes
from meetings.rules.meeting import may
from meetings.views.doors import opened
from ui.forms import MomentField


class Times(forms.Form):
    """The times as the meeting's form has them."""

    starts_at = MomentField(required=False)
    ends_at = MomentField(required=False)


@login_required
@require_safe
def part(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The clashes at the times of the form, those of the meeting where it gives none; for those who prepare it."""
    user, meeting = opened(request, public_id)
    may(user, meeting, "invite").require()
    start, end = times_of(request, meeting)
    staying = meeting.participants.filter(removed_at__isnull=True).exclude(reply__in=STAYS_AWAY)
    people = [place.user for place in staying.select_related("user")]
    found = person_clashes(people, start, end, besides=meeting, asked_by=user)
    context: dict[str, Any] = {"meeting": meeting, "clashes": found, "wrong": end <= start}
    page = "meetings/parts/clashes.html" if request.headers.get("HX-Request") == "true" else "meetings/clashes.html"
    return render(request, page, context)


def times_of(request: HttpRequest, meeting: Meeting) -> tuple[datetime, datetime]:
    """Return the times being written, or those the meeting has."""
    form = Times(request.GET)
    form.is_valid()
    start, end = (form.cleaned_data.get(name) for name in ("starts_at", "ends_at"))
    return start or meeting.starts_at, end or meeting.ends_at
