"""What people do with their own notices and choices. Steps; none of it is ledger data."""

from dataclasses import dataclass
from datetime import datetime, time

from ledger.door import current_writ
from notices import choices, kinds
from notices.channels import MAIL, PUSH
from notices.models import Notice, Preference
from notices.queries import visible_notices
from people.models import User


@dataclass(frozen=True)
class Wishes:
    """What a person has chosen on the page of preferences."""

    on: frozenset[str]
    quiet: bool
    quiet_from: time
    quiet_until: time
    days_off: tuple[int, ...]


def mark_read(notice: Notice, *, at: datetime) -> None:
    """Mark a notice as read; it stays read since the first time."""
    current_writ()
    Notice.objects.filter(pk=notice.pk, read_at__isnull=True).update(read_at=at)


def mark_all_read(user: User, *, until: datetime, at: datetime) -> int:
    """Mark everything as read that was there when the page was shown; return how many."""
    current_writ()
    return visible_notices(user).filter(read_at__isnull=True, created_at__lte=until).update(read_at=at)


def choose(user: User, wishes: Wishes) -> Preference:
    """Keep what the person wants; switches of groups not shown today stay as they are."""
    current_writ()
    shown = {choices.switch(channel, group.code) for group in kinds.groups() for channel in (MAIL, PUSH)}
    row, _made = Preference.objects.get_or_create(user=user)
    row.off = sorted({*(set(row.off) - shown), *(shown - wishes.on)})
    row.quiet, row.quiet_from, row.quiet_until = wishes.quiet, wishes.quiet_from, wishes.quiet_until
    row.days_off = sorted(wishes.days_off)
    row.save()
    return row
