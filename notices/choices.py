"""What a person wants: which channel for which group of kinds, and when to be left alone."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from ledger.days import LEGAL_ZONE
from notices.models import Preference, weekend
from notices.quiet import Quiet


@dataclass(frozen=True)
class Choices:
    """The choices of one person; the inbox is never switched off."""

    off: frozenset[str] = frozenset()
    quiet: Quiet = field(default_factory=lambda: Quiet(LEGAL_ZONE, days_off=frozenset(weekend())))

    def wants(self, channel: str, group: str) -> bool:
        """Does the person want this group of kinds through this channel?"""
        return switch(channel, group) not in self.off


DEFAULT = Choices()


def switch(channel: str, group: str) -> str:
    """Return the name of one switch, as stored."""
    return f"{channel}:{group}"


def choices_from(row: Preference) -> Choices:
    """Return what a stored row says."""
    hours = Quiet(LEGAL_ZONE, row.quiet_from, row.quiet_until, frozenset(row.days_off), row.quiet)
    return Choices(frozenset(row.off), hours)


def choices_of(user_ids: Iterable[int]) -> dict[int, Choices]:
    """Return the choices of those who have made any, in one query; `DEFAULT` holds for the others."""
    rows = Preference.objects.filter(user_id__in=list(user_ids))
    return {row.user_id: choices_from(row) for row in rows}
