"""When papers are due before a meeting. Pure."""

from datetime import date, datetime, time, timedelta

SATURDAY = 5
DAYS_BEFORE, AT_HOUR = 3, time(17, 0)


def working_days_before(day: date, count: int) -> date:
    """Return the day so many working days (Monday to Friday) before this one."""
    while count > 0:
        day -= timedelta(days=1)
        count -= day.weekday() < SATURDAY
    return day


def usual_due(starts: datetime, days: int = DAYS_BEFORE) -> datetime:
    """Return when papers are due for a meeting that starts then (local time): the end of work some days before."""
    return datetime.combine(working_days_before(starts.date(), days), AT_HOUR, tzinfo=starts.tzinfo)
