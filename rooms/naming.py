"""What a booking is called for one person: its title where they may see it, else only that the room is taken."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from people.models import User
from people.queries import posts_of
from rooms.models import Booking
from rooms.subjects import Shown, is_foreign, shown


def names_of(user: User, bookings: Iterable[Booking]) -> dict[int, Shown]:
    """Return title and address of every booking, as this person may see them; one question per kind of subject."""
    known = list(bookings)
    foreign = shown(user, [one.subject for one in known])
    own = {post.agency_id for post in posts_of(user)}
    return {one.pk: named(one, foreign, own) for one in known}


def named(booking: Booking, foreign: dict[str, Shown], own: set[int]) -> Shown:
    """Return what one booking is called."""
    if booking.subject in foreign:
        return foreign[booking.subject]
    if booking.kind == Booking.Kind.BLOCK or (booking.agency_id in own and not is_foreign(booking.subject)):
        return Shown(booking.title, "")
    return Shown(_("Already booked"), "")


def span(starts_at: datetime, ends_at: datetime) -> str:
    """Return a stretch of time in words: `08:00–11:00 21/11/2026`."""
    start, end = timezone.localtime(starts_at), timezone.localtime(ends_at)
    if start.date() == end.date():
        return f"{start:%H:%M}–{end:%H:%M} {date_format(start, 'SHORT_DATE_FORMAT')}"
    return f"{start:%H:%M %d/%m/%Y} – {end:%H:%M %d/%m/%Y}"


def what_stands(user: User, bookings: Iterable[Booking]) -> str:
    """Return these bookings in a line: what, when."""
    known = list(bookings)
    names = names_of(user, known)
    return "; ".join(f"{names[one.pk].title} ({span(one.starts_at, one.ends_at)})" for one in known)
