"""Background work of the streams, called by the clock."""

from datetime import datetime, timedelta

from live.models import Event

KEPT = timedelta(days=14)


def daily(*, at: datetime) -> None:
    """Let go of events no tablet still waits for; whoever comes back later gets a fresh snapshot."""
    Event.objects.filter(at__lt=at - KEPT).delete()
