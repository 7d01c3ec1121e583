"""Working days: Monday to Friday but for public holidays, and the Saturdays worked in exchange (dated data). Pure."""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

SOURCE = Path(__file__).resolve().parent / "data" / "holidays.json"
SATURDAY = 5


@dataclass(frozen=True)
class SpecialDay:
    """A day off in the week, or a Saturday worked instead; who says so, and how sure we are of it."""

    day: date
    name: str
    certainty: str
    basis: str


def _read(key: str) -> dict[date, SpecialDay]:
    rows = json.loads(SOURCE.read_text(encoding="utf-8"))[key]
    days = [SpecialDay(**{**row, "day": date.fromisoformat(row["day"])}) for row in rows]
    return {special.day: special for special in days}


@lru_cache(maxsize=1)
def holidays() -> dict[date, SpecialDay]:
    """Return the public holidays that fall on working days."""
    return _read("off")


@lru_cache(maxsize=1)
def worked_weekends() -> dict[date, SpecialDay]:
    """Return the Saturdays worked in exchange for a day off."""
    return _read("worked")


def is_working(day: date) -> bool:
    """Is this a working day?"""
    return day in worked_weekends() or (day.weekday() < SATURDAY and day not in holidays())


def day_off(day: date) -> str:
    """Return the holiday's name, empty when the day is none."""
    return holidays()[day].name if day in holidays() else ""


def working_days_before(day: date, count: int) -> date:
    """Return the last day on which something still happens `count` working days before `day`."""
    while count > 0:
        day -= timedelta(days=1)
        count -= is_working(day)
    return day


def working_days_after(day: date, count: int) -> date:
    """Return the last of the `count` working days after `day`."""
    while count > 0:
        day += timedelta(days=1)
        count -= is_working(day)
    return day


def working_days_between(start: date, end: date) -> int:
    """Return how many working days lie from `start` until before `end`."""
    days = (start + timedelta(days=number) for number in range(max((end - start).days, 0)))
    return sum(is_working(day) for day in days)
