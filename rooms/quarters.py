"""Quarters of an hour, counted since 1970: what a booking takes. Pure."""

from datetime import UTC, datetime, timedelta

QUARTER = timedelta(minutes=15)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def first_quarter(starts_at: datetime) -> int:
    """Return the quarter the moment lies in."""
    return (starts_at - EPOCH) // QUARTER


def after_last(ends_at: datetime) -> int:
    """Return the first quarter that is free again."""
    return -((EPOCH - ends_at) // QUARTER)


def quarters(starts_at: datetime, ends_at: datetime) -> range:
    """Return every quarter touched from start until before the end."""
    return range(first_quarter(starts_at), after_last(ends_at))


def rounded(starts_at: datetime, ends_at: datetime) -> tuple[datetime, datetime]:
    """Return the whole quarters taken: when the first begins, when the last ends."""
    return EPOCH + first_quarter(starts_at) * QUARTER, EPOCH + after_last(ends_at) * QUARTER
