"""When papers are due before a meeting. Pure."""

from datetime import datetime, time

from meetings.working_days import working_days_before

DAYS_BEFORE, AT_HOUR = 3, time(17, 0)


def usual_due(starts: datetime, days: int = DAYS_BEFORE) -> datetime:
    """Return when papers are due for a meeting that starts then (local time): the end of work some days before."""
    return datetime.combine(working_days_before(starts.date(), days), AT_HOUR, tzinfo=starts.tzinfo)
