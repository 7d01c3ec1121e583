"""How a series of meetings comes again: some weekdays every so many weeks, or a weekday or day of the month. Pure."""

import calendar
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from itertools import count
from typing import Any

WEEKLY, MONTHLY_WEEKDAY, MONTHLY_DAY = "weekly", "monthly_weekday", "monthly_day"
SORTS = (WEEKLY, MONTHLY_WEEKDAY, MONTHLY_DAY)
LAST = -1
WEEKS = (1, 2, 3, 4, LAST)
MOST = 60
YEARS_AHEAD = 6
MONTHS = 12


@dataclass(frozen=True)
class Rhythm:
    """`every` weeks or months; `weekdays` 0 is Monday; `week` of the month, -1 the last; `until` or `times` end it."""

    sort: str
    every: int = 1
    weekdays: tuple[int, ...] = (0,)
    week: int = 1
    day: int = 1
    until: date | None = None
    times: int = MOST

    def as_data(self) -> dict[str, Any]:
        """Return the rhythm as JSON values."""
        return {
            **asdict(self),
            "weekdays": list(self.weekdays),
            "until": self.until.isoformat() if self.until else None,
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Rhythm":
        """Read a rhythm back from JSON values."""
        until = date.fromisoformat(data["until"]) if data.get("until") else None
        return cls(**{**data, "weekdays": tuple(data["weekdays"]), "until": until})


def days(rhythm: Rhythm, start: date) -> list[date]:
    """Return the days of the series from `start` on, in order, at most sixty."""
    last = min(rhythm.until or date.max, start.replace(day=1) + timedelta(days=366 * YEARS_AHEAD))
    found: list[date] = []
    for day in _endless(rhythm, start):
        if day > last or len(found) >= min(max(rhythm.times, 1), MOST):
            break
        if day >= start:
            found.append(day)
    return found


def _endless(rhythm: Rhythm, start: date) -> Iterator[date]:
    """Yield every day of the rhythm, beginning in the week or month of `start`."""
    every = max(rhythm.every, 1)
    if rhythm.sort == WEEKLY:
        monday = start - timedelta(days=start.weekday())
        for week in count(step=every):
            yield from (monday + timedelta(weeks=week, days=weekday) for weekday in sorted(set(rhythm.weekdays)))
    for month in count(start=start.year * MONTHS + start.month - 1, step=every):
        day = _in_month(rhythm, month // MONTHS, month % MONTHS + 1)
        if day is not None:
            yield day
        if month // MONTHS > start.year + YEARS_AHEAD:
            yield date.max


def _in_month(rhythm: Rhythm, year: int, month: int) -> date | None:
    """Return the day of the rhythm in that month; a 31st there is not means the last day."""
    length = calendar.monthrange(year, month)[1]
    if rhythm.sort == MONTHLY_DAY:
        return date(year, month, min(max(rhythm.day, 1), length))
    weekday = rhythm.weekdays[0] if rhythm.weekdays else 0
    fitting = [day for day in range(1, length + 1) if date(year, month, day).weekday() == weekday]
    place = len(fitting) - 1 if rhythm.week == LAST else rhythm.week - 1
    return date(year, month, fitting[place]) if place < len(fitting) else None
