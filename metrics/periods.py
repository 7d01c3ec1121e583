"""Reporting periods: calendar ones, and the 15th–14th form of NĐ 09/2019/NĐ-CP. Pure."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Calendar(StrEnum):
    """Which days a period's name covers."""

    CALENDAR = "calendar"
    REPORT = "report"


class UnknownPeriod(ValueError):
    """The text names no period; periods read 2026-11, 2026-Q4, 2026-H2 or 2026."""


@dataclass(frozen=True)
class Period:
    """A named run of legal days, `start` and `end` both inside."""

    name: str
    calendar: Calendar
    start: date
    end: date


_SHAPE = re.compile(r"^(\d{4})(?:-(?:(\d{2})|Q([1-4])|H([12])))?$")


def parse_period(name: str, calendar: Calendar = Calendar.CALENDAR) -> Period:
    """Return the period called `name` (2026-11, 2026-Q4, 2026-H2, 2026)."""
    year, first, months = _months(name)
    start = date(year, first, 1)
    end = _first_of_month_after(start, months) - timedelta(days=1)
    if calendar is Calendar.REPORT:
        # Month 11 is 15/10–14/11, the year 2026 is 15/12/2025–14/12/2026.
        start = _first_of_month_after(start, -1).replace(day=15)
        end = end.replace(day=14)
    return Period(name, calendar, start, end)


def month_of(day: date, calendar: Calendar = Calendar.CALENDAR) -> Period:
    """Return the month a legal day belongs to."""
    moved = calendar is Calendar.REPORT and day.day >= 15
    month = _first_of_month_after(day.replace(day=1), 1) if moved else day
    return parse_period(f"{month.year:04d}-{month.month:02d}", calendar)


def months_back(period: Period, count: int) -> list[Period]:
    """Return the `count` months that end with the month `period`, oldest first."""
    year, first, _ = _months(period.name)
    starts = [_first_of_month_after(date(year, first, 1), -back) for back in range(count - 1, -1, -1)]
    return [parse_period(f"{start.year:04d}-{start.month:02d}", period.calendar) for start in starts]


def _months(name: str) -> tuple[int, int, int]:
    """Return (year, first month, number of months)."""
    match = _SHAPE.match(name)
    if match is None or not 1900 <= int(match[1]) <= 9998:
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
