"""Steps of the actions after which somebody else leads, or nobody."""

from collections.abc import Collection
from datetime import datetime

from meetings.models import Meeting, Participant
from meetings.patches import announce_same
from meetings.rules.leading import has_floor
from meetings.rules.meeting import CONDUCTING
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


def gone(meeting: Meeting, places: Collection[Participant], *, by: User, at: datetime) -> None:
    """End the leading of people who are not in the room any more."""
    now = Meeting.objects.get(pk=meeting.pk)
    if now.presenter_id in {place.pk for place in places}:
        let_go(now)
        tell_lead(now, by=by, at=at)


def floor_over(place: Participant, *, by: User, at: datetime) -> None:
    """End the leading of somebody who has the floor no more; chair and secretary lead without it."""
    if place.role not in CONDUCTING and not has_floor(place):
        gone(place.meeting, [place], by=by, at=at)
