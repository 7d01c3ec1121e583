"""Participants: find, invite, change, remove."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from ledger.verdict import Unseen
from meetings.actions import participants
from meetings.forms.people import SeatForm
from meetings.labels import ROLES
from meetings.queries.visible import get_visible_place
from meetings.rules.meeting import may
from meetings.views.doors import answered, opened, valid
from people.queries import directory, get_directory_user

FOUND = 12


@login_required
@require_GET
def find_people(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Find people of the directory by name or agency, those already invited left out."""
    user, meeting = opened(request, public_id)
    may(user, meeting, "invite").require()
    words = request.GET.get("q", "").strip()[:100]
    taken = meeting.participants.filter(removed_at__isnull=True).values("user")
    found = directory(user, words).exclude(user__in=taken)[:FOUND] if words else []
    context = {"found": found, "meeting": meeting, "roles": list(ROLES.items()), "q": words}
    return render(request, "meetings/parts/found.html", context)


@login_required
@require_POST
def invite(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Add a person of the directory."""
    user, meeting = opened(request, public_id)
    form = valid(SeatForm(request.POST))
    try:
        asked = UUID(request.POST.get("user", ""))
    except ValueError as error:
        raise Unseen from error
    whom = get_directory_user(user, asked)
    participants.invite(meeting, user=whom, seat=form.chosen(), by=user, at=timezone.now())
    return answered(request, meeting, "people")


@login_required
@require_POST
def change_place(request: HttpRequest, public_id: UUID, place_id: UUID) -> HttpResponse:
    """Change role, vote, title or seat."""
    user, meeting = opened(request, public_id)
    seat = valid(SeatForm(request.POST)).chosen()
    participants.change(get_visible_place(user, meeting, place_id), seat=seat, by=user, at=timezone.now())
    return answered(request, meeting, "people")


@login_required
@require_POST
def remove_place(request: HttpRequest, public_id: UUID, place_id: UUID) -> HttpResponse:
    """Take a person out of the meeting."""
    user, meeting = opened(request, public_id)
    participants.remove(get_visible_place(user, meeting, place_id), by=user, at=timezone.now())
    return answered(request, meeting, "people")
