"""Reporting periods: calendar ones, and the 15th–14th form of NĐ 09/2019/NĐ-CP. Pure."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

FIRST_YEAR, LAST_YEAR = 1900, 9998
LENGTHS = (1, 3, 6, 12)


class Calendar(StrEnum):
    """Which days a period's name covers."""

    CALENDAR = "calendar"
    REPORT = "report"


class UnknownPeriod(ValueError):
    """The text names no period; periods read 2026-11, 2026-Q4, 2026-H2 or 2026."""


@dataclass(frozen=True)
class Period:
    """A named run of legal days, `start` and `end` both inside; `months` long from month `first` of `year`."""

    name: str
    calendar: Calendar
    start: date
    end: date
    year: int
    first: int
    months: int

    @property
    def place(self) -> int:
        """Which one of its kind in the year: the 4 of 2026-Q4."""
        return (self.first - 1) // self.months + 1


_SHAPE = re.compile(r"(\d{4})(?:-(?:(\d{2})|Q([1-4])|H([12])))?", re.ASCII)


def parse_period(name: str, calendar: Calendar = Calendar.CALENDAR) -> Period:
    """Return the period called `name` (2026-11, 2026-Q4, 2026-H2, 2026)."""
    year, first, months = _months(name)
    start = date(year, first, 1)
    end = _first_of_month_after(start, months) - timedelta(days=1)
    if calendar is Calendar.REPORT:
        # Month 11 is 15/10–14/11, the year 2026 is 15/12/2025–14/12/2026.
        start = _first_of_month_after(start, -1).replace(day=15)
        end = end.replace(day=14)
    return Period(name, calendar, start, end, year, first, months)


def period_of(day: date, months: int, calendar: Calendar = Calendar.CALENDAR) -> Period:
    """Return the month, quarter, half or year (`months`: 1, 3, 6, 12) a legal day belongs to."""
    moved = calendar is Calendar.REPORT and day.day >= 15
    month = _first_of_month_after(day.replace(day=1), 1) if moved else day
    return parse_period(_name(month.year, month.month, months), calendar)


def month_of(day: date, calendar: Calendar = Calendar.CALENDAR) -> Period:
    """Return the month a legal day belongs to."""
    return period_of(day, 1, calendar)


def stepped(period: Period, steps: int) -> Period | None:
    """Return the period of the same length so many steps later; None beyond the years there are names for."""
    years, month = divmod(period.first - 1 + steps * period.months, 12)
    year = period.year + years
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    return parse_period(_name(year, month + 1, period.months), period.calendar)


def back(period: Period, count: int) -> list[Period]:
    """Return the `count` periods of one length that end with `period`, oldest first."""
    found = [stepped(period, -steps) for steps in range(count - 1, -1, -1)]
    return [one for one in found if one is not None]


def _name(year: int, month: int, months: int) -> str:
    place = (month - 1) // months + 1
    return {1: f"{year:04d}-{place:02d}", 3: f"{year:04d}-Q{place}", 6: f"{year:04d}-H{place}"}.get(
        months, f"{year:04d}"
    )


def _months(name: str) -> tuple[int, int, int]:
    """Return (year, first month, number of months)."""
    match = _SHAPE.fullmatch(name)
    if match is None or not FIRST_YEAR <= int(match[1]) <= LAST_YEAR:
        raise UnknownPeriod(name)
    year, month, quarter, half = int(match[1]), match[2], match[3], match[4]
    if month and not 1 <= int(month) <= 12:
        raise UnknownPeriod(name)
    if month:
        return year, int(month), 1
    if quarter:
        return year, int(quarter) * 3 - 2, 3
    return (year, int(half) * 6 - 5, 6) if half else (year, 1, 12)


def _first_of_month_after(start: date, months: int) -> date:
    years, month = divmod(start.month - 1 + months, 12)
    return date(start.year + years, month + 1, 1)
