"""Telling people: a step inside an action of the caller, whose record says why."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q

from ledger.door import current_writ
from notices.actions import outbox
from notices.calendar_files import require_calendar
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
    ics: str = "",
) -> list[Notice]:
    """Tell these people something, in the transaction that is open; with a `key` each of them is told once only.

    `ics` is the text of a calendar file that goes along in mail. Returned are the notices that are new.
    """
    current_writ()
    kind_of(kind)
    require_calendar(ics)
    fixed = {"kind": kind, "values": dict(values), "url": url, "about": about, "key": key, "ics": ics}
    people = {user.pk: user for user in users if user.is_active and not user.is_system}
    told = [Notice(user=user, agency_id=agency_id, created_at=at, **fixed) for user in people.values()]
    new = _new(Notice.objects.bulk_create(told, ignore_conflicts=bool(key)), key)
    outbox.queue(new, at=at)
    return new


def _new(told: list[Notice], key: str) -> list[Notice]:
    """Leave out whom the key had told already; rows stored past a conflict have learnt their keys nowhere else."""
    if not key:
        return told
    stored = dict(Notice.objects.filter(public_id__in=[row.public_id for row in told]).values_list("public_id", "pk"))
    new = [row for row in told if row.public_id in stored]
    for row in new:
        row.pk = stored[row.public_id]
    return new


def take_back(
    about: str | Iterable[str], *, at: datetime, kinds: Iterable[str] = (), users: Iterable[User] = ()
) -> int:
    """Take notices about something off the lists: called off, withdrawn, no longer true; return how many."""
    current_writ()
    meant = Q(about=about) if isinstance(about, str) else Q(about__in=list(about))
    if kinds := list(kinds):
        meant &= Q(kind__in=kinds)
    if users := list(users):
        meant &= Q(user__in=users)
    outbox.cancel(meant, at=at)
    return Notice.objects.filter(meant, taken_back_at__isnull=True).update(taken_back_at=at)
