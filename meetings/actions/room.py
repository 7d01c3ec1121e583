"""The room: open, check in, leave, go to an item, close."""

from datetime import datetime

from ledger.door import action, nothing_changed
from ledger.verdict import Refused, first_no
from meetings.facts import held_attributes
from meetings.jobs import draft_minutes
from meetings.models import AgendaItem, Meeting, Participant, RollEntry
from meetings.patches import announce_same, meeting_patch, person_patch
from meetings.queries.room import called, quorum_of
from meetings.records import go, locked, locked_place, note
from meetings.rules.agenda import is_shown
from meetings.rules.meeting import may
from meetings.rules.people import is_present, may_check_in, may_undo_check_in
from meetings.rules.voting import no_vote_open
from meetings.seating import give_vote_back, lend_vote_again, running_votes, standing_in
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
def check_in(place: Participant, *, by: User, at: datetime) -> Participant:
    """Say that this person is in the room; a vote that is already open stays open to them (and the record says so)."""
    place = locked_place(place)
    may_check_in(by, place, "check_in", at).require()
    substitute = standing_in(place)
    if is_present(place) and not (substitute and substitute.votes):
        nothing_changed()
        return place
    if substitute is not None:
        give_vote_back(substitute, by=by, at=at)
        place.refresh_from_db(fields=["votes"])
    returned = place.checked_in_at is not None
    place.checked_in_at, place.left_at = place.checked_in_at or at, None
    place.save(update_fields=["checked_in_at", "left_at"])
    note(place.meeting, "check_in", by=by, at=at, about=place, data=_arrival(place, returned=returned))
    announce_same(place.meeting, "person.checked_in", person_patch(place), by=by, at=at)
    return place


def _arrival(place: Participant, *, returned: bool) -> dict[str, object]:
    """Return what the record keeps of an arrival: who, again or not, and into which open vote."""
    running = place.meeting.votes.filter(state="open").values_list("public_id", flat=True).first()
    data: dict[str, object] = {"user": place.user_id, "name": place.user.full_name, "returned": returned}
    return {**data, "during_vote": str(running)} if running else data


@action
def leave(place: Participant, *, by: User, at: datetime) -> Participant:
    """Say that this person has left the room."""
    place = locked_place(place)
    may_check_in(by, place, "leave", at).require()
    if not is_present(place):
        raise Refused("not_checked_in")
    place.left_at = at
    place.save(update_fields=["left_at"])
    data = {"user": place.user_id, "name": place.user.full_name, **_lends_again(place, by=by, at=at)}
    note(place.meeting, "leave", by=by, at=at, about=place, data=data)
    announce_same(place.meeting, "person.left", person_patch(place), by=by, at=at)
    return place


@action
def undo_check_in(place: Participant, *, by: User, at: datetime) -> Participant:
    """Take back a check-in made by mistake: the person was not here; whoever has voted was."""
    place = locked_place(place)
    running_votes(place.meeting)
    may_undo_check_in(by, place).require()
    place.checked_in_at, place.left_at = None, None
    place.save(update_fields=["checked_in_at", "left_at"])
    RollEntry.objects.filter(participant=place, vote__state="open").update(present=False)
    data = {"user": place.user_id, "name": place.user.full_name, **_lends_again(place, by=by, at=at)}
    note(place.meeting, "undo_check_in", by=by, at=at, about=place, data=data)
    announce_same(place.meeting, "person.check_in_undone", person_patch(place), by=by, at=at)
    return place


def _lends_again(place: Participant, *, by: User, at: datetime) -> dict[str, object]:
    """Let a substitute vote again for somebody who is not here any more; return what the record keeps of it."""
    substitute = lend_vote_again(place, by=by, at=at)
    return {} if substitute is None else {"vote_with": substitute.user_id}


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
    first_no(may(by, meeting, "close"), no_vote_open(meeting)).require()
    moved = go(meeting, "close")
    meeting.closed_at = at
    meeting.save(update_fields=["state", "closed_at"])
    note(meeting, "close", by=by, at=at, moved=moved, attributes=held_attributes(meeting))
    announce_same(meeting, "meeting.closed", meeting_patch(meeting), by=by, at=at)
    draft_minutes.enqueue(meeting.pk)
    return meeting
