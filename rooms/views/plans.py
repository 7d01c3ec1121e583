"""Seat plans: seen and printed by everybody who sees the room, drawn by those who look after it."""

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ledger.verdict import Refused
from people.models import User
from rooms.actions import plans as acts
from rooms.drawing import SEAT_KINDS, THING_KINDS, choices, drawing_of
from rooms.forms import DrawForm, NewPlanForm
from rooms.models import Room, SeatPlan
from rooms.plan import LONGEST_NUMBER, MOST_SEATS, MOST_THINGS, Plan, read_or_empty, renumber
from rooms.queries import get_plan
from rooms.rules import may_manage
from rooms.shapes import SHAPES, drawn
from rooms.views.doors import LONGEST_PLAN, managed, opened, sound, valid, whole_number

STYLES = ("letters", "numbers")


@login_required
@require_safe
def show(request: HttpRequest, public_id: UUID, plan_id: UUID) -> HttpResponse:
    """One plan: to look at and print; with a script, for those who look after the room, to draw."""
    user, room = opened(request, public_id)
    plan = get_plan(room, plan_id)
    layout = read_or_empty(plan.layout)
    may_draw = bool(may_manage(user, room.agency_id)) and room.closed_at is None
    context = {
        "room": room,
        "plan": plan,
        "drawing": drawing_of(layout),
        "layout": layout.as_data(),
        "may_draw": may_draw,
        "draw_form": DrawForm(prefix="draw"),
        "seat_kinds": choices(SEAT_KINDS),
        "thing_kinds": choices(THING_KINDS),
        "limits": {"seats": MOST_SEATS, "things": MOST_THINGS, "number": LONGEST_NUMBER},
    }
    return render(request, "rooms/plan.html", context)


@login_required
@require_POST
def add(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Add a plan: drawn by rule from a form, or as it was drawn by hand beside somebody else's."""
    user, room = managed(request, public_id)
    if request.content_type == "application/json":
        given = sent(request)
        name, layout = str(given.get("name", "")), sound(given.get("plan"))
        plan = acts.add(room, name=clean(name), layout=layout, by=user, at=timezone.now())
        return JsonResponse({"url": address(plan), "revision": plan.revision})
    form = valid(NewPlanForm(request.POST))
    layout = drawn(form.cleaned_data["shape"], form.cleaned_data["count"])
    plan = acts.add(room, name=form.cleaned_data["name"], layout=layout, by=user, at=timezone.now())
    messages.success(request, _("The plan has been added."))
    return redirect(address(plan))


@login_required
@require_POST
def save(request: HttpRequest, public_id: UUID, plan_id: UUID) -> HttpResponse:
    """Save a drawing."""
    user, room = managed(request, public_id)
    given = sent(request)
    revision = given.get("revision")
    plan = acts.save(
        get_plan(room, plan_id),
        name=clean(str(given.get("name", ""))),
        layout=sound(given.get("plan")),
        revision=revision if isinstance(revision, int) else 0,
        by=user,
        at=timezone.now(),
    )
    return JsonResponse({"revision": plan.revision, "seats": plan.seats})


@login_required
@require_POST
def redraw(request: HttpRequest, public_id: UUID, plan_id: UUID) -> HttpResponse:
    """Draw the plan anew by rule, or number it anew: the plain form, for pages without a script."""
    user, room = managed(request, public_id)
    plan = get_plan(room, plan_id)
    if request.POST.get("style") in STYLES:
        layout = renumber(read_or_empty(plan.layout), request.POST["style"])
    else:
        form = valid(DrawForm(request.POST, prefix="draw"))
        layout = drawn(form.cleaned_data["shape"], form.cleaned_data["count"])
    keep(plan, layout, whole_number(request.POST.get("revision", "")), user)
    messages.success(request, _("The plan has been drawn anew."))
    return redirect(address(plan))


def keep(plan: SeatPlan, layout: Plan, revision: int, user: User) -> SeatPlan:
    """Save a layout under the plan's own name."""
    return acts.save(plan, name=plan.name, layout=layout, revision=revision, by=user, at=timezone.now())


@login_required
@require_POST
def step(request: HttpRequest, public_id: UUID, plan_id: UUID, verb: str) -> HttpResponse:
    """Make it the main plan, or remove it."""
    user, room = managed(request, public_id)
    plan = get_plan(room, plan_id)
    if verb == "main":
        acts.make_main(plan, by=user, at=timezone.now())
        messages.success(request, _("Meetings in this room now begin with this plan."))
        return redirect(address(plan))
    acts.remove(plan, by=user, at=timezone.now())
    messages.success(request, _("The plan has been removed."))
    return redirect("rooms:detail", room.public_id)


@login_required
@require_POST
def tool(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Draw or number a plan that is being edited, without saving it."""
    managed(request, public_id)
    given = sent(request)
    if given.get("tool") == "renumber" and given.get("style") in STYLES:
        path = given.get("path")
        walked = [one for one in path if isinstance(one, str)] if isinstance(path, list) else []
        return JsonResponse({"plan": renumber(sound(given.get("plan")), given["style"], walked).as_data()})
    shape, count = given.get("shape"), given.get("count")
    if not isinstance(shape, str) or shape not in SHAPES or not isinstance(count, int) or not 1 <= count <= MOST_SEATS:
        raise Refused("plan_count_wrong", most=MOST_SEATS)
    return JsonResponse({"plan": drawn(shape, count).as_data()})


def sent(request: HttpRequest) -> dict[str, Any]:
    """Return the JSON object that was sent, or refuse."""
    if len(request.body) > LONGEST_PLAN:
        raise Refused("plan_unreadable")
    try:
        given = json.loads(request.body)
    except (ValueError, RecursionError) as error:
        raise Refused("plan_unreadable") from error
    if not isinstance(given, dict):
        raise Refused("plan_unreadable")
    return given


def clean(name: str) -> str:
    """Return a name without what no database keeps, as long as a name may be."""
    return name.replace("\x00", "")[:120]


def address(plan: SeatPlan) -> str:
    """Return where the plan stands."""
    room: Room = plan.room
    return reverse("rooms:plan", args=[room.public_id, plan.public_id])
