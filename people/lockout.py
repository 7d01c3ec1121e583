"""Limits on wrong passwords: few for one name from one address, many for an address a whole room shares."""

from datetime import datetime, timedelta
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from django.conf import settings
from django.db import transaction
from django.db.models import Sum
from django.http import HttpRequest
from django.utils import timezone

from people.models import User


def attempted_name(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """Return the name as it is looked up: another spelling of it gets no fresh budget."""
    given = (credentials or {}).get("username") or request.POST.get("login") or request.POST.get("username") or ""
    return str(given).strip().lower().replace("\x00", "")[:60]


class RoomHandler(AxesDatabaseHandler):
    """Counts failures per (name, address) and, on a room-sized budget, per address.

    Two hundred people behind one address mistype now and then; somebody trying one password on every name does so
    far more often. The address's count is scaled to the same limit.
    """

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        """Return the larger of the two counts, in units of the limit for one name."""
        of_name = int(super().get_failures(request, credentials))
        of_address = self.failures_from(request.axes_ip_address)  # type: ignore[attr-defined]
        scaled = of_address * int(settings.AXES_FAILURE_LIMIT) // int(settings.SIGN_IN_FAILURES_PER_ADDRESS)
        return max(of_name, scaled)

    def user_login_failed(self, *args: Any, **kwargs: Any) -> None:
        """Count a failure in one transaction: writers queue for it, single statements would not."""
        with transaction.atomic():
            super().user_login_failed(*args, **kwargs)

    def failures_from(self, address: str | None) -> int:
        """Return how many attempts from the address failed within the cool-off time."""
        recent = AccessAttempt.objects.filter(ip_address=address, attempt_time__gt=threshold())
        return int(recent.aggregate(total=Sum("failures_since_start"))["total"] or 0)


def threshold() -> datetime:
    """Return since when failures count."""
    cool_off: timedelta | None = get_cool_off()
    return timezone.now() - (cool_off or timedelta())


def locked_names() -> set[str]:
    """Return the sign-in names that are locked from some address now."""
    recent = AccessAttempt.objects.filter(attempt_time__gt=threshold())
    over = recent.filter(failures_since_start__gte=settings.AXES_FAILURE_LIMIT)
    return set(over.values_list("username", flat=True))


def is_locked(user: User) -> bool:
    """Is this person locked out from some address now?"""
    return user.username in locked_names()
