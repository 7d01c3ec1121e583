"""The meeting's own line."""

from meetings.models import AgendaItem, Meeting, Outcome
from meetings.quorum import Quorum
from meetings.snapshot.leading import lead_data
from meetings.snapshot.sites import entry_data
from meetings.snapshot.speaking import queue_data
from meetings.snapshot.views import Data, moment


def meeting_data(meeting: Meeting, quorum: Quorum, current: AgendaItem | None) -> Data:
    """Return the meeting's own line."""
    return {
        "id": str(meeting.public_id),
        "title": meeting.title,
        "kind": meeting.kind,
        "place": meeting.place,
        "state": meeting.state,
        "starts_at": moment(meeting.starts_at),
        "ends_at": moment(meeting.ends_at),
        "opened_at": moment(meeting.opened_at),
        "closed_at": moment(meeting.closed_at),
        "current_item": str(current.public_id) if current else None,
        "item_since": moment(meeting.item_since),
        "minutes": minutes_of(meeting),
        "quorum": quorum.as_data(),
        **entry_data(meeting),
        **queue_data(meeting),
        **lead_data(meeting),
    }


def minutes_of(meeting: Meeting) -> str | None:
    """Return the document of the minutes, once there is one."""
    found = Outcome.objects.filter(meeting=meeting).values_list("minutes__public_id", flat=True).first()
    return str(found) if found else None
