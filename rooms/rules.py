"""Questions about rooms: who looks after them, who may book them, what stands in the way."""

from datetime import datetime, timedelta

from ledger.verdict import YES, Verdict, first_no, no
from people.models import User
from people.queries import has_right, ids_above
from rooms.models import Booking, Room
from rooms.naming import what_stands
from rooms.queries import clashes, coming_bookings, managed_ids
from rooms.rights import BOOK
from rooms.subjects import is_foreign

LONGEST_USE, LONGEST_BLOCK = timedelta(days=31), timedelta(days=92)
FIRST_YEAR, LAST_YEAR = 2000, 2100
NAMED = 5


def may_manage(user: User, agency_id: int) -> Verdict:
    """Does the person look after the rooms of this agency?"""
    return YES if user.is_system or agency_id in managed_ids(user) else no("room_not_managed")


def may_book_for(user: User, agency_id: int) -> Verdict:
    """May the person book rooms for this agency, apart from any meeting?"""
    return YES if has_right(user, agency_id, BOOK) else no("booking_not_yours")


def is_open_to(room: Room, agency_id: int) -> Verdict:
    """May this agency use the room: is it its own, or one of an agency above it?"""
    return first_no(
        no("room_closed") if room.closed_at else YES,
        YES if room.agency_id in ids_above(agency_id) else no("room_not_yours"),
    )


def is_sound_time(starts_at: datetime, ends_at: datetime, kind: str = Booking.Kind.USE) -> Verdict:
    """Is this a stretch of time one may book?"""
    if not is_bookable(starts_at, ends_at):
        return no("booking_day_wrong", first=FIRST_YEAR, last=LAST_YEAR)
    if ends_at <= starts_at:
        return no("booking_times_wrong")
    longest = LONGEST_BLOCK if kind == Booking.Kind.BLOCK else LONGEST_USE
    return YES if ends_at - starts_at <= longest else no("booking_too_long", days=longest.days)


def is_bookable(*moments: datetime) -> bool:
    """Do these moments lie in years that every calendar and database can count with?"""
    return all(FIRST_YEAR <= moment.year <= LAST_YEAR for moment in moments)


def is_free(room: Room, starts_at: datetime, ends_at: datetime, *, by: User, besides: str = "") -> Verdict:
    """Is the room free then? If not: what stands in the way, as far as the person may know it."""
    if not is_bookable(starts_at, ends_at):
        return no("booking_day_wrong", first=FIRST_YEAR, last=LAST_YEAR)
    found = list(clashes(room, starts_at, ends_at, besides=besides)[:NAMED])
    return no("room_taken", room=room.name, clashes=what_stands(by, found)) if found else YES


def may_change_booking(user: User, booking: Booking) -> Verdict:
    """May the person move or release this booking here?"""
    if is_foreign(booking.subject):
        return no("booking_of_a_meeting")
    own = booking.by_id == user.pk and bool(has_right(user, booking.agency_id, BOOK))
    return YES if own or may_manage(user, booking.room.agency_id) else no("booking_not_yours")


def is_unused(room: Room, *, by: User, at: datetime) -> Verdict:
    """Is nothing to take place in the room any more?"""
    found = list(coming_bookings(room, at)[:NAMED])
    return no("room_in_use", bookings=what_stands(by, found)) if found else YES
