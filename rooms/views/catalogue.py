"""The catalogue of rooms: list, one room, add, edit, close."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.queries import every_agency
from people.requests import person
from people.views.doors import done
from rooms.actions import rooms as acts
from rooms.drawing import drawing_of
from rooms.equipment import CATALOGUE, known
from rooms.forms import NewRoomForm, RoomForm
from rooms.models import Room
from rooms.naming import names_of
from rooms.plan import read_or_empty
from rooms.queries import coming_bookings, fitting, main_plan, managed_agencies, plans_of, visible_rooms, with_plans
from rooms.rules import may_change_booking, may_manage
from rooms.views.doors import READ_OR_POST, form_page, looks_after_rooms, managed, opened, whole_number
from search.fold import fold

PER_PAGE, SHOWN_BOOKINGS, LONGEST_WORDS = 20, 10, 100


@login_required
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The rooms of my agencies and of those above, narrowed by words, unit, size and equipment."""
    user = person(request)
    every = visible_rooms(user)
    asked = asked_for(request)
    page = Paginator(with_plans(matching(every, asked)), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": [(room, known(room.equipment)) for room in page],
        "asked": asked,
        "agencies": every_agency().filter(pk__in=every.order_by().values("agency")),
        "catalogue": CATALOGUE.values(),
        "may_add": looks_after_rooms(user),
        "tab": "list",
    }
    return render(request, "rooms/list.html", context)


def asked_for(request: HttpRequest) -> dict[str, Any]:
    """Return what the list is narrowed by; anything unknown is left out."""
    given = request.GET
    return {
        "q": given.get("q", "").strip()[:LONGEST_WORDS],
        "unit": given.get("unit", ""),
        "people": whole_number(given.get("people", "")),
        "equipment": [code for code in given.getlist("equipment") if code in CATALOGUE],
        "closed": given.get("closed") == "1",
    }


def matching(rooms: QuerySet[Room], asked: dict[str, Any]) -> QuerySet[Room]:
    """Narrow the list."""
    rooms = fitting(rooms, asked["people"], asked["equipment"])
    if not asked["closed"]:
        rooms = rooms.filter(closed_at__isnull=True)
    for word in fold(asked["q"]).split():
        rooms = rooms.filter(folded__contains=word)
    unit = asked["unit"]
    return rooms.filter(agency__code=unit) if unit else rooms


@login_required
@require_safe
def detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One room: what it has, how it is furnished, what takes place in it next."""
    user, room = opened(request, public_id)
    plan = main_plan(room)
    coming = list(coming_bookings(room, timezone.now()).select_related("room")[:SHOWN_BOOKINGS])
    names = names_of(user, coming)
    context = {
        "room": room,
        "equipment": known(room.equipment),
        "plans": plans_of(room),
        "main": plan,
        "drawing": drawing_of(read_or_empty(plan.layout)) if plan and plan.seats else None,
        "bookings": [(one, names[one.pk], bool(may_change_booking(user, one))) for one in coming],
        "may_manage": bool(may_manage(user, room.agency_id)),
    }
    return render(request, "rooms/detail.html", context)


@login_required
@require_http_methods(READ_OR_POST)
def add(request: HttpRequest) -> HttpResponse:
    """Add a room."""
    user = person(request)
    form = NewRoomForm(request.POST or None)
    form.fields["agency"].queryset = managed_agencies(user)  # type: ignore[attr-defined]
    name = _("Main plan")

    def work() -> Room:
        agency = form.cleaned_data["agency"]
        return acts.add(agency, details=form.details(), plan_name=name, by=user, at=timezone.now())

    if request.method == "POST" and (made := done(form, work)):
        messages.success(request, _("The room has been added. Now draw where its seats stand."))
        return redirect("rooms:detail", made.public_id)
    return form_page(request, form, None, heading=_("Add a room"), verb=_("Add room"))


@login_required
@require_http_methods(READ_OR_POST)
def edit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Change what is known of a room."""
    user, room = managed(request, public_id)
    form = RoomForm(request.POST or None, initial=RoomForm.of(room))

    def work() -> Room:
        revision = form.cleaned_data["revision"] or 0
        return acts.edit(room, details=form.details(), revision=revision, by=user, at=timezone.now())

    if request.method == "POST" and done(form, work):
        messages.success(request, _("The room has been saved."))
        return redirect("rooms:detail", room.public_id)
    theirs = changed_meanwhile(form, room) if request.method == "POST" else None
    return form_page(request, form, room, heading=_("Edit room"), verb=_("Save"), theirs=theirs)


def changed_meanwhile(form: RoomForm, room: Room) -> Room | None:
    """Return what somebody else saved, and let the next try be about that; what was written stays in the form."""
    if str(form.data.get("revision", "")) == str(room.revision):
        return None
    form.data = {**form.data, "equipment": form["equipment"].value(), "revision": str(room.revision)}
    return room


@login_required
@require_POST
def close(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Offer the room no more."""
    user, room = managed(request, public_id)
    acts.close(room, by=user, at=timezone.now())
    messages.success(request, _("The room is closed. Past meetings still name it."))
    return redirect("rooms:detail", room.public_id)


@login_required
@require_POST
def reopen(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Offer a closed room again."""
    user, room = managed(request, public_id)
    acts.reopen(room, by=user, at=timezone.now())
    messages.success(request, _("The room can be booked again."))
    return redirect("rooms:detail", room.public_id)
