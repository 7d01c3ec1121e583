"""Days that belong together: the week from Monday, the month, the quarter. Pure."""

from calendar import monthrange
from datetime import date, timedelta

PERIODS = ("week", "month", "quarter")


def monday(day: date) -> date:
    """Return the Monday of the day's week."""
    return day - timedelta(days=day.weekday())


def period(name: str, day: date) -> tuple[date, date]:
    """Return the first and the last day of the week, month or quarter around `day`."""
    if name == "week":
        return monday(day), monday(day) + timedelta(days=6)
    first = day.month if name == "month" else 3 * ((day.month - 1) // 3) + 1
    last = first if name == "month" else first + 2
    return date(day.year, first, 1), date(day.year, last, monthrange(day.year, last)[1])


def month_grid(year: int, month: int) -> list[list[date]]:
    """Return the weeks of a month, each from Monday to Sunday, filled up with the neighbours' days."""
    start = monday(date(year, month, 1))
    last = date(year, month, monthrange(year, month)[1])
    weeks = (last - start).days // 7 + 1
    return [[start + timedelta(days=7 * week + day) for day in range(7)] for week in range(weeks)]
