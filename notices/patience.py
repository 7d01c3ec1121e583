"""How long to wait before trying again, and when to give up. Pure."""

from datetime import datetime, timedelta

WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720))
MOST_ATTEMPTS = len(WAITS) + 1


def next_try(attempts: int, at: datetime) -> datetime | None:
    """Return when to try again after so many attempts; None when it is time to give up (after about a day)."""
    return at + WAITS[attempts - 1] if 0 < attempts <= len(WAITS) else None
