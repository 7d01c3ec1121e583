"""Booking a room, moving and giving back; actions of their own, or steps inside an action of the caller.

Who calls says what for (`subject="meeting:<pk>"`) and has asked whether the person may; here stands whether the room
can be had. Two clerks at the same moment wait for each other at the row of the room; `room_quarter_once` holds anyway.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import uuid4

from ledger.door import action, nothing_changed
from ledger.record import record
from ledger.verdict import YES, Unseen, first_no, no
from people.models import User
from rooms.models import BookedQuarter, Booking, Room
from rooms.quarters import quarters
from rooms.rules import is_free, is_open_to, is_sound_time, may_book_for, may_change_booking, may_manage
from search.fold import composed

LONGEST_TITLE = 300


@action
def book(
    room: Room,
    *,
    subject: str,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    agency_id: int,
    by: User,
    at: datetime,
) -> Booking:
    """Book the room for something of an agency, or refuse and say what stands in the way."""
    (room,) = _held([room.pk])
    first_no(
        is_sound_time(starts_at, ends_at),
        is_open_to(room, agency_id),
        is_free(room, starts_at, ends_at, by=by),
    ).require()
    booking = Booking(room=room, subject=subject, title=title[:LONGEST_TITLE], agency_id=agency_id)
    booking.starts_at, booking.ends_at, booking.by, booking.booked_at = starts_at, ends_at, by, at
    return _kept(booking, "book", by=by, at=at)


@action
def move(
    room: Room, *, subject: str, title: str, starts_at: datetime, ends_at: datetime, by: User, at: datetime
) -> Booking:
    """Give what is booked under this subject another room, time or title."""
    booking = Booking.objects.filter(subject=subject).first()
    held = {one.pk: one for one in _held([room.pk, booking.room_id])} if booking else {}
    booking = Booking.objects.filter(subject=subject).first() if booking else None
    if booking is None:
        raise Unseen
    room = held[room.pk]
    stays = booking.room_id == room.pk
    first_no(
        is_sound_time(starts_at, ends_at, booking.kind),
        YES if stays else is_open_to(room, booking.agency_id),
        is_free(room, starts_at, ends_at, by=by, besides=subject),
    ).require()
    booking.room, booking.title = room, title[:LONGEST_TITLE]
    booking.starts_at, booking.ends_at = starts_at, ends_at
    return _kept(booking, "move_booking", by=by, at=at)


@action
def release(*, subject: str, by: User, at: datetime) -> None:
    """Give the room back that was booked under this subject; nothing happens where none was."""
    found = Booking.objects.filter(subject=subject).select_related("room")
    if booking := found.first():
        _held([booking.room_id])
    if booking and (booking := found.all().first()):
        _let_go(booking, by=by, at=at)
    else:
        nothing_changed()


@action
def reserve(
    room: Room, *, title: str, starts_at: datetime, ends_at: datetime, agency_id: int, by: User, at: datetime
) -> Booking:
    """Book the room for something that is no meeting of ours."""
    title = composed(title).strip()
    first_no(may_book_for(by, agency_id), YES if title else no("booking_title_missing")).require()
    return book(
        room,
        subject=f"use:{uuid4()}",
        title=title,
        starts_at=starts_at,
        ends_at=ends_at,
        agency_id=agency_id,
        by=by,
        at=at,
    )


@action
def block(room: Room, *, title: str, starts_at: datetime, ends_at: datetime, by: User, at: datetime) -> Booking:
    """Keep the room out of use: maintenance, cleaning, repair."""
    (room,) = _held([room.pk])
    title = composed(title).strip()
    first_no(
        may_manage(by, room.agency_id),
        no("room_closed") if room.closed_at else YES,
        YES if title else no("booking_title_missing"),
        is_sound_time(starts_at, ends_at, Booking.Kind.BLOCK),
        is_free(room, starts_at, ends_at, by=by),
    ).require()
    booking = Booking(room=room, kind=Booking.Kind.BLOCK, subject=f"block:{uuid4()}", title=title[:LONGEST_TITLE])
    booking.agency_id, booking.starts_at, booking.ends_at = room.agency_id, starts_at, ends_at
    booking.by, booking.booked_at = by, at
    return _kept(booking, "block", by=by, at=at)


@action
def give_back(booking: Booking, *, by: User, at: datetime) -> None:
    """Release a booking on the page of rooms: one's own, or one of a room one looks after."""
    _held([booking.room_id])
    found = Booking.objects.select_related("room").filter(pk=booking.pk).first()
    if found is None:
        nothing_changed()
        return
    may_change_booking(by, found).require()
    _let_go(found, by=by, at=at)


def _held(keys: Iterable[int]) -> list[Room]:
    """Return these rooms, their rows held until the commit, in the order of their keys."""
    rows = Room.objects.select_for_update(no_key=True).filter(pk__in=set(keys)).order_by("pk")
    return list(rows)


def _kept(booking: Booking, verb: str, *, by: User, at: datetime) -> Booking:
    """Save the booking with the quarters it takes, and record it."""
    booking.save()
    booking.quarters.all().delete()
    taken = quarters(booking.starts_at, booking.ends_at)
    BookedQuarter.objects.bulk_create(
        [BookedQuarter(room_id=booking.room_id, booking=booking, quarter=one) for one in taken], batch_size=500
    )
    record(booking, verb, by=by, at=at, agency_id=booking.room.agency_id, data=_facts(booking))
    return booking


def _let_go(booking: Booking, *, by: User, at: datetime) -> None:
    """Remove the booking; the ledger keeps that it was."""
    record(booking, "release", by=by, at=at, agency_id=booking.room.agency_id, data=_facts(booking))
    booking.delete()


def _facts(booking: Booking) -> dict[str, Any]:
    """Return what the record keeps of a booking."""
    return {
        "room": str(booking.room.public_id),
        "subject": booking.subject,
        "starts_at": booking.starts_at.isoformat(),
        "ends_at": booking.ends_at.isoformat(),
    }
