"""Booking rooms: the calendar of all rooms, the search for a free one, booking and giving back."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.queries import agencies_with_right, own_agencies
from people.requests import person
from people.views.doors import done
from rooms.actions import bookings as acts
from rooms.board import CLOSES, OPENS, board, days_of
from rooms.equipment import known
from rooms.forms import BlockForm, BookingForm, FinderForm
from rooms.models import Booking, Room
from rooms.queries import free_rooms, get_visible_booking, visible_rooms
from rooms.rights import BOOK
from rooms.rules import is_sound_time
from rooms.views.doors import READ_OR_POST, form_page, looks_after_rooms, managed, opened, uses_rooms

ROOMS_PER_PAGE, MOST_FOUND = 25, 30


@login_required
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """Who has which room when: a week of all rooms, or one day by the hour."""
    user = person(request)
    view = "day" if request.GET.get("view") == "day" else "week"
    day = day_asked(request.GET.get("day", ""))
    rooms = visible_rooms(user).filter(closed_at__isnull=True)
    page = Paginator(rooms, ROOMS_PER_PAGE).get_page(request.GET.get("page"))
    days, step = days_of(day, view), timedelta(days=1 if view == "day" else 7)
    context = {
        "page": page,
        "rows": board(user, list(page), days),
        "days": days,
        "day": day,
        "view": view,
        "before": day - step,
        "after": day + step,
        "today": timezone.localdate(),
        "hours": range(OPENS, CLOSES),
        "tab": "calendar",
        "may_add": looks_after_rooms(user),
    }
    return render(request, "rooms/calendar.html", context)


def day_asked(text: str) -> date:
    """Return the day in the address, today for anything that is none."""
    try:
        day = date.fromisoformat(text[:10])
    except ValueError:
        return timezone.localdate()
    return day if 2000 <= day.year <= 2100 else timezone.localdate()


@login_required
@require_safe
def finder(request: HttpRequest) -> HttpResponse:
    """Find a free room for so many people, with this equipment."""
    user = person(request)
    form = FinderForm(request.GET if "starts_at_day" in request.GET else None, initial=next_hours())
    found: list[Room] | None = None
    if form.is_valid():
        times = form.times()
        sound = is_sound_time(times["starts_at"], times["ends_at"])
        if not sound:
            form.add_error("ends_at", sound.text)
        else:
            wanted = form.cleaned_data
            rooms = free_rooms(user, **times, people=wanted["people"] or 0, equipment=wanted["equipment"])
            found = list(rooms[:MOST_FOUND])
    context = {
        "form": form,
        "found": None if found is None else [(room, known(room.equipment)) for room in found],
        "tab": "free",
        "may_book": uses_rooms(user),
        "query": request.GET.urlencode(),
    }
    return render(request, "rooms/free.html", context)


def next_hours() -> dict[str, datetime]:
    """Return the next full hour and two more, to begin with."""
    start = timezone.localtime().replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return {"starts_at": start, "ends_at": start + timedelta(hours=2)}


@login_required
@require_http_methods(READ_OR_POST)
def reserve(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Book a room for something that is no meeting here."""
    user, room = opened(request, public_id)
    form = BookingForm(request.POST or None, initial=begins_with(request))
    agencies = own_agencies(user).filter(pk__in=agencies_with_right(user, BOOK))
    form.fields["agency"].queryset = agencies  # type: ignore[attr-defined]

    def work() -> Booking:
        agency, title = form.cleaned_data["agency"], form.cleaned_data["title"]
        return acts.reserve(room, title=title, agency_id=agency.pk, by=user, at=timezone.now(), **form.times())

    if request.method == "POST" and done(form, work):
        messages.success(request, _("The room is booked."))
        return redirect("rooms:detail", room.public_id)
    note = _("For a meeting here, choose the room where the meeting is prepared.")
    return form_page(request, form, room, heading=_("Book the room"), verb=_("Book"), note=note)


def begins_with(request: HttpRequest) -> dict[str, Any]:
    """Return the times somebody found free, or the next hours."""
    asked = FinderForm(request.GET) if "starts_at_day" in request.GET else None
    return asked.times() if asked is not None and asked.is_valid() else next_hours()


@login_required
@require_http_methods(READ_OR_POST)
def block(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Keep a room out of use for a time."""
    user, room = managed(request, public_id)
    form = BlockForm(request.POST or None, initial=next_hours())

    def work() -> Booking:
        return acts.block(room, title=form.cleaned_data["title"], by=user, at=timezone.now(), **form.times())

    if request.method == "POST" and done(form, work):
        messages.success(request, _("The room is kept out of use for that time."))
        return redirect("rooms:detail", room.public_id)
    return form_page(request, form, room, heading=_("Maintenance"), verb=_("Save"))


@login_required
@require_POST
def give_back(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Release a booking."""
    user = person(request)
    booking = get_visible_booking(user, public_id)
    acts.give_back(booking, by=user, at=timezone.now())
    messages.success(request, _("The room is free again for that time."))
    return redirect("rooms:detail", booking.room.public_id)
