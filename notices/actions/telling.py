"""Telling people: a step inside an action of the caller, whose record says why."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from ledger.door import current_writ
from notices.kinds import kind_of
from notices.models import Notice
from people.models import User


def tell(
    users: Iterable[User],
    kind: str,
    values: Mapping[str, Any],
    *,
    url: str,
    agency_id: int,
    at: datetime,
    about: str = "",
    key: str = "",
) -> list[Notice]:
    """Tell these people something, in the transaction that is open; with a `key` each of them is told once only."""
    current_writ()
    kind_of(kind)
    told = [
        Notice(user=user, kind=kind, values=values, url=url, about=about, key=key, agency_id=agency_id, created_at=at)
        for user in users
        if user.is_active and not user.is_system
    ]
    return Notice.objects.bulk_create(told, ignore_conflicts=bool(key))


def take_back(about: str, *, at: datetime, kinds: Iterable[str] = (), users: Iterable[User] = ()) -> int:
    """Take notices about something off the lists: called off, withdrawn, no longer true; return how many."""
    current_writ()
    standing = Notice.objects.filter(about=about, taken_back_at__isnull=True)
    if kinds := list(kinds):
        standing = standing.filter(kind__in=kinds)
    if users := list(users):
        standing = standing.filter(user__in=users)
    return standing.update(taken_back_at=at)
