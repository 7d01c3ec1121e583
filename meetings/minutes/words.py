"""Days, times and people in the words of Vietnamese offices; dates in the legal zone."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from ledger.days import LEGAL_ZONE
from meetings.models import Participant


def day_in_words(at: datetime) -> str:
    """Return a day as documents write it: ngày 05 tháng 11 năm 2026 (days below 10 and months 1, 2 padded)."""
    local = at.astimezone(LEGAL_ZONE)
    month = f"{local.month:02d}" if local.month < 3 else str(local.month)
    return _("%(day)s/%(month)s/%(year)s in words") % {"day": f"{local.day:02d}", "month": month, "year": local.year}


def moment_in_words(at: datetime | None) -> str:
    """Return an instant as minutes write it: 08 giờ 30, ngày 21 tháng 11 năm 2026."""
    if at is None:
        return ""
    local = at.astimezone(LEGAL_ZONE)
    return _("%(hour)s:%(minute)s, %(day)s in words") % {
        "hour": f"{local.hour:02d}",
        "minute": f"{local.minute:02d}",
        "day": day_in_words(at),
    }


def clock_time(at: datetime) -> str:
    """Return the hour and minute in the legal zone: 08 giờ 30."""
    local = at.astimezone(LEGAL_ZONE)
    return _("%(hour)s:%(minute)s in words") % {"hour": f"{local.hour:02d}", "minute": f"{local.minute:02d}"}


def named(place: Participant) -> str:
    """Return a participant as lists print them: name and post."""
    return ", ".join(filter(None, [place.user.full_name, place.title]))


def with_role(people: Iterable[Participant], role: str) -> list[Participant]:
    """Return those who have this role."""
    return [place for place in people if place.role == role]


def is_guest(place: Participant) -> bool:
    """Is the person a guest?"""
    return place.role == Participant.Role.GUEST
