"""Whose page the others follow, and which paper that is."""

from meetings.models import Meeting
from meetings.snapshot.views import Data


def lead_data(meeting: Meeting) -> Data:
    """Return who leads and the version they have open; whoever may not read it is told no more than its id."""
    led = meeting.led_version
    return {
        "presenter": str(meeting.presenter.public_id) if meeting.presenter else None,
        "led": {"document": str(led.document.public_id), "version": led.number} if led else None,
    }
