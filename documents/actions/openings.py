"""Noting that somebody opened a version; no act and no record: nobody's reading stands in the audit log."""

from collections import defaultdict
from collections.abc import Container, Iterable
from datetime import datetime, timedelta

from documents.models import Access, Opening, Version
from ledger.door import action, private
from people.locks import locked
from people.models import User


@action
def note(version: Version, *, by: User, at: datetime) -> None:
    """Note the first and the latest time the person opened the version, once per person and version."""
    made = Opening(version=version, user=by, first_at=at, last_at=at)
    Opening.objects.bulk_create(
        [made], update_conflicts=True, unique_fields=["version", "user"], update_fields=["last_at"]
    )
    private()


@action
def log(version: Version, *, by: User, at: datetime) -> None:
    """Add a line to the access log, which those who keep the document read."""
    Access.objects.create(version=version, user=by, at=at)
    private()


@action
def log_from_device(
    read: Iterable[tuple[Version, datetime]], *, apart: timedelta, asked: Container[int], by: User, at: datetime
) -> int:
    """Add what a device tells, each line at its own time unless one stands beside it; return how many were new.

    The person is held, so that two of their devices are heard one after the other. The first time goes down as an
    opening too, of the versions in `asked`.
    """
    locked(by)
    told = sorted(read, key=lambda line: (line[1], line[0].pk))
    new = _apart(told, _standing(told, by, apart), apart)
    rows = (Access(version=version, user=by, at=when, on_device=True) for version, when in new)
    Access.objects.bulk_create(rows)
    first = {version.pk: when for version, when in reversed(new) if version.pk in asked}
    openings = (Opening(version_id=key, user=by, first_at=first[key], last_at=first[key]) for key in sorted(first))
    Opening.objects.bulk_create(openings, ignore_conflicts=True)
    private()
    return len(new)


def _standing(told: list[tuple[Version, datetime]], user: User, apart: timedelta) -> dict[int, list[datetime]]:
    """Return when the log has the person at these versions, around the times told."""
    found: dict[int, list[datetime]] = defaultdict(list)
    if told:
        around = (told[0][1] - apart, told[-1][1] + apart)
        lines = Access.objects.filter(user=user, version__in={version.pk for version, _ in told}, at__range=around)
        for key, when in lines.values_list("version", "at"):
            found[key].append(when)
    return found


def _apart(
    told: list[tuple[Version, datetime]], standing: dict[int, list[datetime]], apart: timedelta
) -> list[tuple[Version, datetime]]:
    """Return the lines with no other one beside them; each is one for those that follow."""
    new = []
    for version, when in told:
        if all(abs(when - other) > apart for other in standing[version.pk]):
            standing[version.pk].append(when)
            new.append((version, when))
    return new
