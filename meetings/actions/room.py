"""The room: open, go to an item, close."""

from datetime import datetime

from ledger.door import action, nothing_changed
from ledger.verdict import Refused, first_no
from meetings.facts import held_attributes
from meetings.holding import clear_floor
from meetings.jobs import draft_minutes
from meetings.models import AgendaItem, Meeting
from meetings.patches import announce_same, meeting_patch
from meetings.presenting import let_go
from meetings.queries.room import called, quorum_of
from meetings.records import go, locked, note
from meetings.rules.agenda import is_shown
from meetings.rules.meeting import may
from meetings.rules.voting import no_vote_open, no_vote_undeclared
from meetings.snapshot.views import moment
from people.models import User


@action
def open_room(meeting: Meeting, *, by: User, at: datetime) -> Meeting:
    """Open the meeting at its first item."""
    meeting = locked(meeting)
    may(by, meeting, "open").require()
    moved = go(meeting, "open")
    meeting.opened_at, meeting.current_item = at, meeting.items.filter(hidden=False).first()
    meeting.item_since = at
    meeting.save(update_fields=["state", "opened_at", "current_item", "item_since"])
    first = meeting.current_item
    data = {"quorum": quorum_of(meeting).as_data(), "item": called(first) if first else None}
    note(meeting, "open", by=by, at=at, data=data, moved=moved)
    announce_same(meeting, "meeting.opened", meeting_patch(meeting), by=by, at=at)
    return meeting


@action
def move_to(item: AgendaItem, *, by: User, at: datetime) -> None:
    """Take the room to an item; every screen follows."""
    meeting = locked(item.meeting)
    may(by, meeting, "move_item").require()
    found = meeting.items.filter(pk=item.pk).first()
    if found is None:
        raise Refused("item_unknown")
    is_shown(found).require()
    if meeting.current_item_id == found.pk:
        return nothing_changed()
    meeting.current_item, meeting.item_since = found, at
    meeting.save(update_fields=["current_item", "item_since"])
    note(meeting, "move_item", by=by, at=at, about=found, data=called(found))
    patch = {"meeting": {"current_item": str(found.public_id), "item_since": moment(at)}}
    return announce_same(meeting, "item.current", patch, by=by, at=at)


@action
def close_room(meeting: Meeting, *, by: User, at: datetime) -> Meeting:
    """Close the meeting; its numbers are frozen with this transition."""
    meeting = locked(meeting)
    first_no(may(by, meeting, "close"), no_vote_open(meeting), no_vote_undeclared(meeting)).require()
    clear_floor(meeting, by=by, at=at)
    moved = go(meeting, "close")
    let_go(meeting)
    meeting.closed_at = at
    meeting.save(update_fields=["state", "closed_at"])
    note(meeting, "close", by=by, at=at, moved=moved, attributes=held_attributes(meeting))
    announce_same(meeting, "meeting.closed", meeting_patch(meeting), by=by, at=at)
    draft_minutes.enqueue(meeting.pk)
    return meeting
