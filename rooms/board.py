"""The calendar of rooms: one row per room, a day by the hour or a week by the day."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.utils import timezone

from people.models import User
from rooms.models import Booking, Room
from rooms.naming import names_of, span
from rooms.quarters import first_quarter, quarters
from rooms.queries import bookings_between

OPENS, CLOSES = 6, 20


QUARTERS = (CLOSES - OPENS) * 4


@dataclass(frozen=True)
class Entry:
    """One booking on one day, as the calendar shows it; `first` and `after` are quarters of the hours shown."""

    booking: Booking
    title: str
    url: str
    time: str
    first: int
    after: int


@dataclass(frozen=True)
class Cell:
    """A stretch of the hours shown: free, or a booking."""

    columns: int
    entry: Entry | None = None


@dataclass(frozen=True)
class RoomRow:
    """One room with what stands in it, day by day."""

    room: Room
    days: list[list[Entry]]

    @property
    def outside(self) -> list[Entry]:
        """Return what the first day has outside the hours shown."""
        return [entry for entry in self.days[0] if entry.first >= entry.after]

    @property
    def cells(self) -> list[Cell]:
        """Return the hours of the first day from left to right."""
        found, at = [], 0
        for entry in self.days[0]:
            if entry.first < entry.after:
                found += [Cell(entry.first - at)] if entry.first > at else []
                found.append(Cell(entry.after - entry.first, entry))
                at = entry.after
        return [*found, Cell(QUARTERS - at)] if at < QUARTERS else found


def midnight(day: date) -> datetime:
    """Return when the legal day begins."""
    return timezone.make_aware(datetime.combine(day, time.min)).astimezone(UTC)


def days_of(day: date, view: str) -> list[date]:
    """Return the days shown: this one, or the week it lies in, from Monday."""
    if view == "day":
        return [day]
    monday = day - timedelta(days=day.weekday())
    return [monday + timedelta(days=step) for step in range(7)]


def board(user: User, rooms: Sequence[Room], days: Sequence[date]) -> list[RoomRow]:
    """Return the rows: one query for what is booked, one per kind of subject for what it is called."""
    found = list(bookings_between(rooms, midnight(days[0]), midnight(days[-1] + timedelta(days=1))))
    names = names_of(user, found)
    by_place: dict[tuple[int, date], list[Entry]] = {}
    for booking in found:
        for day in touched(booking, days):
            shown = names[booking.pk]
            entry = Entry(booking, shown.title, shown.url, hours(booking, day), *stretch(booking, day))
            by_place.setdefault((booking.room_id, day), []).append(entry)
    return [RoomRow(room, [by_place.get((room.pk, day), []) for day in days]) for room in rooms]


def touched(booking: Booking, days: Collection[date]) -> list[date]:
    """Return the days shown that the booking reaches into."""
    first = timezone.localdate(booking.starts_at)
    last = timezone.localdate(booking.ends_at - timedelta(microseconds=1))
    return [day for day in days if first <= day <= last]


def hours(booking: Booking, day: date) -> str:
    """Return when, in words: the hours where it begins and ends on this day, all of it where it does not."""
    start, end = timezone.localtime(booking.starts_at), timezone.localtime(booking.ends_at)
    if start.date() == end.date() == day:
        return f"{start:%H:%M}–{end:%H:%M}"
    return span(booking.starts_at, booking.ends_at)


def stretch(booking: Booking, day: date) -> tuple[int, int]:
    """Return the quarters it takes of the hours shown on this day: the first, and the first free one after."""
    opens = first_quarter(midnight(day) + timedelta(hours=OPENS))
    taken = quarters(booking.starts_at, booking.ends_at)
    return max(0, taken.start - opens), min(QUARTERS, taken.stop - opens)
