"""Preparing a meeting: create, edit, discard, cancel; its room is booked in the same transaction."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from ledger.days import legal_day
from ledger.door import action
from ledger.queries import changes_of
from ledger.verdict import YES, Verdict, first_no, no
from live.control import rights_changed
from meetings.changes import tell_changed
from meetings.details import Details
from meetings.finding import index_meeting
from meetings.invitations import call_off_invitations
from meetings.models import AgencyKind, Meeting, Series
from meetings.patches import announce_same, meeting_patch
from meetings.queries.kinds import offer_of
from meetings.records import go, locked, note
from meetings.rules.meeting import are_sound, may, may_create
from meetings.rules.words import is_reason
from meetings.workflow import MEETING
from people.models import Agency, User
from rooms.actions import bookings
from rooms.queries import booking_of
from search.fold import composed


@action
def create(agency: Agency, *, details: Details, series: Series | None = None, by: User, at: datetime) -> Meeting:
    """Start preparing a meeting of the agency."""
    first_no(may_create(by, agency), are_sound(details, agency.pk)).require()
    meeting = Meeting(agency=agency, series=series, created_by=by, created_at=at, **asdict(details))
    meeting.kind_row = _kind_row(agency.pk, details)
    meeting.save()
    _book(meeting, by=by, at=at)
    note(meeting, "create", by=by, at=at, data=details.as_data(), moved=("", MEETING.initial))
    announce_same(meeting, "meeting.created", meeting_patch(meeting), by=by, at=at)
    return meeting


@action
def edit(meeting: Meeting, *, details: Details, revision: int, by: User, at: datetime) -> Meeting:
    """Change what was written about the meeting, unless somebody else did since `revision` was read."""
    meeting = locked(meeting)
    same = YES if meeting.revision == revision else no("changed_meanwhile")
    first_no(may(by, meeting, "edit"), same, are_sound(details, meeting.agency_id, now=meeting.kind)).require()
    before = asdict(details) | {name: getattr(meeting, name) for name in asdict(details)}
    for name, value in asdict(details).items():
        setattr(meeting, name, value)
    if (before["kind"], legal_day(before["starts_at"])) != (meeting.kind, legal_day(meeting.starts_at)):
        meeting.kind_row = _kind_row(meeting.agency_id, details)
    meeting.revision += 1
    meeting.save()
    _book(meeting, by=by, at=at)
    note(meeting, "edit", by=by, at=at, data=details.as_data())
    announce_same(meeting, "meeting.edited", meeting_patch(meeting), by=by, at=at)
    index_meeting(meeting)
    changed = _changed(Details(**before), details)
    tell_changed(meeting, changed, by=by, at=at, where=meeting.where, before=before["title"])
    return meeting


def _changed(before: Details, after: Details) -> set[str]:
    """Return what changed that those invited must know."""
    parts = {
        "time": (before.starts_at, before.ends_at) != (after.starts_at, after.ends_at),
        "where": (before.place, before.room_id) != (after.place, after.room_id),
        "title": before.title != after.title,
    }
    return {name for name, changed in parts.items() if changed}


def _kind_row(agency_id: int, details: Details) -> AgencyKind | None:
    """Return the agency's own row of that kind in force on the day."""
    offer = offer_of(agency_id, details.kind, legal_day(details.starts_at))
    return offer.row if offer else None


def _book(meeting: Meeting, *, by: User, at: datetime) -> None:
    """Bring the booking in line with what the meeting says now: booked, moved or given back."""
    standing = booking_of(meeting.stream)
    room = meeting.room
    times: dict[str, Any] = {"title": meeting.title, "starts_at": meeting.starts_at, "ends_at": meeting.ends_at}
    if room is None and standing is not None:
        bookings.release(subject=meeting.stream, by=by, at=at)
    elif room is not None and standing is None:
        bookings.book(room, subject=meeting.stream, agency_id=meeting.agency_id, by=by, at=at, **times)
    elif room is not None:
        bookings.move(room, subject=meeting.stream, by=by, at=at, **times)


def _was_submitted(meeting: Meeting) -> Verdict:
    """Is this a draft that nobody else has decided on yet?"""
    walked = changes_of(Meeting, [meeting.public_id]).filter(verb="submit")
    return no("was_submitted") if walked.exists() else YES


@action
def discard(meeting: Meeting, *, by: User, at: datetime) -> Meeting:
    """Throw away a draft that was never submitted; only the record keeps it."""
    meeting = locked(meeting)
    first_no(may(by, meeting, "discard"), _was_submitted(meeting)).require()
    moved = go(meeting, "discard")
    meeting.save(update_fields=["state"])
    _release(meeting, by=by, at=at)
    note(meeting, "discard", by=by, at=at, data={"title": meeting.title}, moved=moved)
    announce_same(meeting, "meeting.discarded", meeting_patch(meeting), by=by, at=at)
    rights_changed(user_id=None, stream=meeting.stream, by=by, at=at)
    return meeting


def _release(meeting: Meeting, *, by: User, at: datetime) -> None:
    """Give the room back."""
    if booking_of(meeting.stream) is not None:
        bookings.release(subject=meeting.stream, by=by, at=at)


@action
def cancel(meeting: Meeting, *, reason: str, by: User, at: datetime) -> Meeting:
    """Call the meeting off; those invited see that it is, its room is free again."""
    meeting = locked(meeting)
    first_no(may(by, meeting, "cancel"), is_reason(reason)).require()
    source, meeting.state, meeting.return_reason = meeting.state, "cancelled", composed(reason).strip()
    meeting.save(update_fields=["state", "return_reason"])
    _release(meeting, by=by, at=at)
    note(meeting, "cancel", by=by, at=at, data={"reason": meeting.return_reason}, moved=(source, meeting.state))
    announce_same(meeting, "meeting.cancelled", meeting_patch(meeting), by=by, at=at)
    rights_changed(user_id=None, stream=meeting.stream, by=by, at=at)
    call_off_invitations(meeting, by=by, at=at)
    return meeting
