"""Quiet hours: when may something be sent that was due at a moment? Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

WEEK = frozenset(range(7))


@dataclass(frozen=True)
class Quiet:
    """The hours of a day (they may run over midnight) and the days of the week on which nobody is disturbed."""

    zone: ZoneInfo
    start: time = time(21, 0)
    end: time = time(6, 30)
    days_off: frozenset[int] = frozenset()
    on: bool = True

    def covers(self, moment: datetime) -> bool:
        """Is this moment quiet? A week of days off is nobody's wish and counts as none."""
        if not self.on:
            return False
        local = moment.astimezone(self.zone)
        return (local.weekday() in self.days_off and not self.days_off >= WEEK) or self.within(local.time())

    def within(self, clock: time) -> bool:
        """Does this time of day lie in the quiet hours? The same start and end are no hours at all."""
        if self.start <= self.end:
            return self.start <= clock < self.end
        return clock >= self.start or clock < self.end

    def edges(self, moment: datetime) -> Iterator[datetime]:
        """Yield, in order, the next moments at which quiet may end: midnights and ends of the quiet hours."""
        day = moment.astimezone(self.zone).date()
        for step in range(10):
            for clock in sorted({time(0), self.end}):
                edge = datetime.combine(day + timedelta(days=step), clock, self.zone).astimezone(UTC)
                if edge > moment:
                    yield edge


def may_send_at(moment: datetime, quiet: Quiet) -> datetime:
    """Return the first moment, not before this one, at which a notice may be carried to the person."""
    if not quiet.covers(moment):
        return moment
    return next(edge for edge in quiet.edges(moment) if not quiet.covers(edge))
