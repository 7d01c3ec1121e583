"""Steps of the actions after which somebody else leads, or nobody."""

from datetime import datetime

from meetings.models import Meeting, Participant
from meetings.patches import announce_same
from meetings.snapshot.leading import lead_data
from people.models import User

FIELDS = ["presenter", "led_version"]


def tell_lead(meeting: Meeting, *, by: User, at: datetime) -> None:
    """Tell everybody who leads and what."""
    announce_same(meeting, "lead.changed", {"meeting": lead_data(meeting)}, by=by, at=at)


def let_go(meeting: Meeting) -> None:
    """End the leading in a held meeting; whoever calls this tells the room."""
    if meeting.presenter_id is not None or meeting.led_version_id is not None:
        meeting.presenter = meeting.led_version = None
        meeting.save(update_fields=FIELDS)


def gone(place: Participant, *, by: User, at: datetime) -> None:
    """End the leading of somebody who takes part no more."""
    meeting = Meeting.objects.get(pk=place.meeting_id)
    if meeting.presenter_id == place.pk:
        let_go(meeting)
        tell_lead(meeting, by=by, at=at)
