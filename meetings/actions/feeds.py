"""The private calendar address: shown once, kept as a hash, one per person, revocable."""

from datetime import datetime

from ledger.door import action, nothing_changed
from ledger.record import record
from ledger.verdict import Refused
from meetings.feed_tokens import digest, new_token
from meetings.models import CalendarFeed
from people.locks import locked
from people.models import User
from people.queries import home_agency_id


@action
def open_feed(user: User, *, busy_only: bool, by: User, at: datetime) -> str:
    """Give the person a new address, the former one becomes worthless; the token is returned here and nowhere else."""
    _only_one_self(user, by)
    locked(user)
    CalendarFeed.objects.filter(user=user, revoked_at__isnull=True).update(revoked_at=at)
    token = new_token()
    made = CalendarFeed.objects.create(user=user, digest=digest(token), busy_only=busy_only, created_at=at)
    record(made, "open_feed", by=by, at=at, agency_id=home_agency_id(user), data={"busy_only": busy_only})
    return token


@action
def close_feed(user: User, *, by: User, at: datetime) -> None:
    """Make the address worthless at once."""
    _only_one_self(user, by)
    feed = CalendarFeed.objects.select_for_update().filter(user=user, revoked_at__isnull=True).first()
    if feed is None:
        return nothing_changed()
    feed.revoked_at = at
    feed.save(update_fields=["revoked_at"])
    return record(feed, "close_feed", by=by, at=at, agency_id=home_agency_id(user))


def _only_one_self(user: User, by: User) -> None:
    """Refuse whoever acts for somebody else, and those whose account is closed."""
    if user.pk != by.pk or not user.is_active:
        raise Refused("not_yours")
