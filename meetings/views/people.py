"""Participants of one meeting: the list with its filters; find, invite, change, order, remove, check in."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ledger.verdict import Refused, Unseen
from meetings.actions import participants
from meetings.actions import presence as comings
from meetings.forms.people import SeatForm
from meetings.frame import frame
from meetings.labels import REPLIES, ROLES, UNIT_STATES, role_choices
from meetings.models import Meeting
from meetings.queries.clashes import clashes_in
from meetings.queries.people import (
    Choice,
    open_questions,
    participants_of,
    post_title,
    reply_counts,
    visible_lists,
)
from meetings.queries.units import units_of
from meetings.queries.visible import get_visible_meeting, get_visible_place
from meetings.rules.meeting import has_chair, may
from meetings.rules.people import sees_reasons
from meetings.rules.replies import unit_state
from meetings.views.doors import is_uuid, opened, valid
from people.models import User
from people.queries import called, directory, get_directory_user, visible_agencies
from people.requests import person
from people.tree import parent_agencies

FOUND, FOUND_UNITS = 12, 6
PER_PAGE = 50
UNIT_ROLES = ("member", "guest")


def chosen(request: HttpRequest) -> Choice:
    """Return the filters of the address; what makes no sense is left out."""
    role, reply, unit = (request.GET.get(name, "") for name in ("role", "reply", "unit"))
    return Choice(
        text=request.GET.get("q", "").strip()[:100],
        role=role if role in ROLES else "",
        reply=reply if reply in REPLIES else "",
        unit=UUID(unit) if is_uuid(unit) else None,
        presence=request.GET.get("presence", "") if request.GET.get("presence") in ("here", "away") else "",
    )


def people_part(user: User, meeting: Meeting, choice: Choice, page: str | None = None) -> dict[str, Any]:
    """Return what the list and the page around it show; the same number of queries for three people and for 200."""
    around = frame(user, meeting, "people")
    sees_answers = sees_reasons(around["my_roles"]) and meeting.published_at is not None
    shown = Paginator(participants_of(meeting, choice), PER_PAGE).get_page(page)
    units = list(units_of(meeting))
    return {
        **around,
        "people": list(shown.object_list),
        "page": shown,
        "choice": choice,
        "filtered": choice != Choice(),
        "roles": role_choices(meeting),
        "replies": list(REPLIES.items()),
        "sees_answers": sees_answers,
        "counts": reply_counts(meeting),
        "units": [(unit, unit_state(unit, unit.named), UNIT_STATES[unit_state(unit, unit.named)]) for unit in units],
        "unit_roles": [line for line in role_choices(meeting) if line[0] in UNIT_ROLES],
        "questions": open_questions(meeting) if around["can"]["decide_absence"] else [],
        "before": meeting.state == "published",
    }


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def roster(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Who takes part; posting adds a person."""
    if request.method == "POST":
        return invite(request, public_id)
    user, meeting = opened(request, public_id)
    context = people_part(user, meeting, chosen(request), request.GET.get("page"))
    if context["can"]["invite"]:
        context |= {"lists": list(visible_lists(user)), "parents": list(parent_agencies())}
        context |= {"clashes": clashes_in(meeting, asked_by=user)}
    return render(request, "meetings/people.html", context)


def answered(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Show the list again, or go back to its page."""
    if request.headers.get("HX-Request") == "true":
        user = person(request)
        fresh = get_visible_meeting(user, meeting.public_id)
        return render(request, "meetings/parts/people.html", people_part(user, fresh, chosen(request)))
    return redirect(f"{reverse('meetings:people', args=[meeting.public_id])}#people")


@login_required
@require_GET
def find_people(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Find people and units of the directory by name, those already invited left out."""
    user, meeting = opened(request, public_id)
    may(user, meeting, "invite").require()
    words = request.GET.get("q", "").strip()[:100]
    taken = meeting.participants.filter(removed_at__isnull=True).values("user")
    found = list(directory(user, words).exclude(user__in=taken)[:FOUND]) if words else []
    invited = meeting.units.filter(removed_at__isnull=True).values("agency")
    units = list(visible_agencies(user).filter(called(words, "name_folded")).exclude(pk__in=invited)[:FOUND_UNITS])
    context = {
        "found": [(post, post_title(post, meeting.agency_id)) for post in found],
        "found_units": units if words else [],
        "meeting": meeting,
        "roles": role_choices(meeting),
        "first_role": "member" if has_chair(meeting) else "chair",
        "unit_roles": [line for line in role_choices(meeting) if line[0] in UNIT_ROLES],
        "q": words,
    }
    return render(request, "meetings/parts/found.html", context)


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
    return answered(request, meeting)


@login_required
@require_POST
def change_place(request: HttpRequest, public_id: UUID, place_id: UUID) -> HttpResponse:
    """Change role, vote, title or seat."""
    user, meeting = opened(request, public_id)
    seat = valid(SeatForm(request.POST)).chosen()
    place = get_visible_place(user, meeting, place_id)
    read = request.POST.get("revision", "")
    revision = int(read) if read.isascii() and read.isdigit() and len(read) < 10 else None
    participants.change(place, seat=seat, revision=revision, by=user, at=timezone.now())
    return answered(request, meeting)


@login_required
@require_POST
def order_place(request: HttpRequest, public_id: UUID, place_id: UUID) -> HttpResponse:
    """Put a person at another place in the list of the role."""
    user, meeting = opened(request, public_id)
    wanted = request.POST.get("position", "")
    if not (wanted.isascii() and wanted.isdigit() and len(wanted) < 5):
        raise Refused("form_invalid", field=wanted[:20] or "?", error="1–999")
    place = get_visible_place(user, meeting, place_id)
    participants.order(place, position=int(wanted), by=user, at=timezone.now())
    return answered(request, meeting)


@login_required
@require_POST
def remove_place(request: HttpRequest, public_id: UUID, place_id: UUID) -> HttpResponse:
    """Take a person out of the meeting."""
    user, meeting = opened(request, public_id)
    participants.remove(get_visible_place(user, meeting, place_id), by=user, at=timezone.now())
    return answered(request, meeting)


def said(verb: str) -> str:
    """Return what to tell after somebody came, left, or had not come."""
    return {
        "check_in": _("Checked in. Have a good meeting."),
        "leave": _("The leaving has been noted."),
        "undo": _("The check-in has been undone."),
    }[verb]


@login_required
@require_POST
def presence(request: HttpRequest, public_id: UUID, place_id: UUID) -> HttpResponse:
    """Check in, say that somebody has left, or take a mistaken check-in back."""
    user, meeting = opened(request, public_id)
    place = get_visible_place(user, meeting, place_id)
    verbs = {"check_in": comings.check_in, "leave": comings.leave, "undo": comings.undo_check_in}
    asked = request.POST.get("do", "")
    if asked not in verbs:
        raise Refused("wrong_state")
    verbs[asked](place, by=user, at=timezone.now())
    if request.headers.get("HX-Request") != "true":
        messages.success(request, said(asked))
    if request.POST.get("next") == "detail":
        return redirect("meetings:detail", meeting.public_id)
    return answered(request, meeting)
