"""Taking back the opening of a meeting, by a slip of the finger."""

from datetime import datetime

from ledger.door import action
from ledger.verdict import first_no
from meetings.models import Meeting
from meetings.patches import announce_same, meeting_patch
from meetings.presenting import let_go
from meetings.records import go, locked, note
from meetings.rules.meeting import may
from meetings.rules.opening import has_only_opened
from people.models import User


@action
def take_back_opening(meeting: Meeting, *, by: User, at: datetime) -> Meeting:
    """Have the meeting wait for its opening again, as long as nothing has come of it; who is here stays here."""
    meeting = locked(meeting)
    first_no(may(by, meeting, "take_back_opening"), has_only_opened(meeting)).require()
    moved = go(meeting, "take_back_opening")
    let_go(meeting)
    meeting.opened_at = meeting.current_item = meeting.item_since = None
    meeting.save(update_fields=["state", "opened_at", "current_item", "item_since"])
    note(meeting, "take_back_opening", by=by, at=at, moved=moved)
    announce_same(meeting, "meeting.opening_taken_back", meeting_patch(meeting), by=by, at=at)
    return meeting
