"""The seats of a meeting: the plan with names for everybody who sees the meeting, seating for those who prepare it."""

import json
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ledger.verdict import Refused, Unseen
from meetings.actions import seating as acts
from meetings.frame import frame
from meetings.labels import role_choices
from meetings.models import Meeting, Participant, Seating
from meetings.pages import ORDER
from meetings.queries.room import roll_of
from meetings.rules.meeting import may
from meetings.seats import AWAY, plan_of
from meetings.views.doors import opened, valid
from people.models import User
from rooms.drawing import Sitting, drawing_of
from rooms.forms import SHAPES, DrawForm
from rooms.plan import Plan, read_or_empty
from rooms.queries import get_plan, plans_of
from rooms.shapes import drawn

MOST_STEPS, LONGEST_BODY = 600, 200_000


@login_required
@require_safe
def show(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The seat plan with names; those who prepare the meeting seat people here."""
    user, meeting = opened(request, public_id)
    return render(request, "meetings/seating.html", seating_page(user, meeting))


@login_required
@require_safe
def plan(request: HttpRequest, public_id: UUID) -> JsonResponse:
    """The plan as data, for the room's seat map; null where the meeting has none. Who sits where the room knows."""
    _user, meeting = opened(request, public_id)
    layout = plan_of(meeting)
    return JsonResponse({"plan": labelled(layout) if layout else None})


def labelled(layout: Plan) -> dict[str, Any]:
    """Return the plan with the words furniture has in the reader's language."""
    data = layout.as_data()
    for thing, shape in zip(data["things"], drawing_of(layout).things, strict=True):
        thing["label"] = str(shape.label)
    return data


@login_required
@require_safe
def printed(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The plan with names and the list of who sits where, for paper."""
    user, meeting = opened(request, public_id)
    return render(request, "meetings/seating_print.html", seating_page(user, meeting))


@login_required
@require_safe
def cards(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Name cards to fold: one A4 sheet for each person, or for one of them."""
    user, meeting = opened(request, public_id)
    may(user, meeting, "invite").require()
    places = people_of(meeting)
    one = request.GET.get("one", "")
    shown = [place for place in places if not one or str(place.public_id) == one]
    return render(request, "meetings/seating_cards.html", {"meeting": meeting, "places": shown})


def seating_page(user: User, meeting: Meeting) -> dict[str, Any]:
    """Return what the pages of the seats need: a constant number of queries."""
    places, layout = people_of(meeting), plan_of(meeting)
    numbers = {seat.id for seat in layout.seats} if layout else set()
    may_seat = bool(may(user, meeting, "invite"))
    sittings = {
        place.seat: Sitting(place.user.full_name, place.title, place.user_id == user.pk, str(place.public_id))
        for place in places
        if place.seat in numbers
    }
    return {
        **frame(user, meeting, "seating"),
        "seating": Seating.objects.filter(meeting=meeting).first(),
        "drawing": drawing_of(layout, sittings) if layout else None,
        "seats": sorted(numbers - set(sittings), key=in_order),
        "people": [(place, place.seat in numbers) for place in places],
        "standing": sum(1 for place in places if place.seat not in numbers),
        "mine": next((place for place in places if place.user_id == user.pk), None),
        "may_seat": may_seat,
        "plans": plans_of(meeting.room) if may_seat and meeting.room else [],
        "roles": dict(role_choices(meeting)),
        "away": AWAY,
    }


def in_order(number: str) -> tuple[str, int]:
    """Return what sorts A2 before A10."""
    head = number.rstrip("0123456789")
    tail = number[len(head) :]
    return head, int(tail) if tail else 0


def people_of(meeting: Meeting) -> list[Participant]:
    """Return who takes part: chair, secretaries, members, guests, each by given name."""
    return sorted(roll_of(meeting), key=lambda place: ORDER[place.role])


@login_required
@require_POST
def furnish(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take a plan of the room for the meeting, or one drawn by rule."""
    user, meeting = opened(request, public_id)
    name, layout = chosen_plan(request, meeting)
    acts.furnish(meeting, name=name, layout=layout, by=user, at=timezone.now())
    messages.success(request, _("The meeting has its seat plan. Now seat the people."))
    return redirect("meetings:seating", meeting.public_id)


def chosen_plan(request: HttpRequest, meeting: Meeting) -> tuple[str, Plan]:
    """Return name and layout of what was chosen."""
    chosen = request.POST.get("plan", "")
    if chosen:
        if meeting.room is None:
            raise Unseen
        plan = get_plan(meeting.room, as_uuid(chosen))
        return plan.name, read_or_empty(plan.layout)
    form = valid(DrawForm(request.POST))
    shape = form.cleaned_data["shape"]
    return str(SHAPES[shape]), drawn(shape, form.cleaned_data["count"])


class StepForm(forms.Form):
    """One person to a seat: the plain form."""

    place = forms.UUIDField()
    seen = forms.CharField(max_length=10, required=False)
    seat = forms.CharField(max_length=10, required=False)


@login_required
@require_POST
def seat(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Seat one person from the plain form, or several from the page's own."""
    user, meeting = opened(request, public_id)
    if request.content_type == "application/json":
        acts.seat(meeting, steps=steps_sent(request.body), by=user, at=timezone.now())
        return JsonResponse({"seats": seats_now(meeting)})
    given = valid(StepForm(request.POST)).cleaned_data
    place = meeting.participants.filter(public_id=given["place"], removed_at__isnull=True).first()
    if place is None:
        raise Unseen
    step = acts.Step(place.seat, given["seat"])
    acts.seat(meeting, steps={place.public_id: step}, by=user, at=timezone.now())
    messages.success(request, _("The seat has been kept."))
    return redirect("meetings:seating", meeting.public_id)


def steps_sent(body: bytes) -> dict[UUID, acts.Step]:
    """Return the steps of `{"steps": [[person, seat seen, seat], …]}`, or refuse."""
    if len(body) > LONGEST_BODY:
        raise Refused("seat_unknown")
    try:
        lines = json.loads(body)["steps"]
        steps = {UUID(key): acts.Step(str(seen), str(number)) for key, seen, number in lines}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Refused("seat_unknown") from error
    if len(steps) > MOST_STEPS:
        raise Refused("seat_unknown")
    return steps


def seats_now(meeting: Meeting) -> dict[str, str]:
    """Return who sits where, for the page."""
    return {str(key): number for key, number in roll_of(meeting).values_list("public_id", "seat")}


@login_required
@require_POST
def seat_all(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Seat everybody by rule, or let everybody stand again."""
    user, meeting = opened(request, public_id)
    order = request.POST.get("order", "")
    if order == "clear":
        acts.clear(meeting, by=user, at=timezone.now())
        messages.success(request, _("Nobody has a seat now."))
    else:
        seated = acts.seat_all(meeting, order=order, by=user, at=timezone.now())
        messages.success(request, _("%(count)s people have a seat.") % {"count": seated})
    return redirect("meetings:seating", meeting.public_id)


def as_uuid(text: str) -> UUID:
    """Return an identifier somebody sent, or raise Unseen."""
    try:
        return UUID(text)
    except ValueError as error:
        raise Unseen from error
