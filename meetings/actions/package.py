"""Agenda and papers as one package: the clerk submits, the leader approves (which publishes) or returns it."""

from datetime import datetime

from ledger.door import action
from ledger.verdict import first_no
from meetings.finding import index_meeting
from meetings.invitations import send_invitations
from meetings.models import Meeting
from meetings.patches import announce_same, meeting_patch, start_afresh
from meetings.records import go, locked, note
from meetings.rules.meeting import is_complete, may
from meetings.rules.words import is_reason
from people.models import User
from search.fold import composed


@action
def submit(meeting: Meeting, *, by: User, at: datetime) -> Meeting:
    """Hand the package to the leader."""
    meeting = locked(meeting)
    first_no(may(by, meeting, "submit"), is_complete(meeting)).require()
    moved = go(meeting, "submit")
    meeting.return_reason = ""
    meeting.save(update_fields=["state", "return_reason"])
    note(meeting, "submit", by=by, at=at, moved=moved)
    announce_same(meeting, "meeting.submitted", meeting_patch(meeting), by=by, at=at)
    return meeting


@action
def take_back(meeting: Meeting, *, by: User, at: datetime) -> Meeting:
    """Take the package back before the leader has decided."""
    meeting = locked(meeting)
    may(by, meeting, "take_back").require()
    moved = go(meeting, "take_back")
    meeting.save(update_fields=["state"])
    note(meeting, "take_back", by=by, at=at, moved=moved)
    announce_same(meeting, "meeting.taken_back", meeting_patch(meeting), by=by, at=at)
    return meeting


@action
def give_back(meeting: Meeting, *, reason: str, by: User, at: datetime) -> Meeting:
    """Return the package to the clerk, saying what to change."""
    meeting = locked(meeting)
    first_no(may(by, meeting, "give_back"), is_reason(reason)).require()
    moved = go(meeting, "give_back")
    meeting.return_reason = composed(reason).strip()
    meeting.save(update_fields=["state", "return_reason"])
    note(meeting, "give_back", by=by, at=at, data={"reason": meeting.return_reason}, moved=moved)
    announce_same(meeting, "meeting.given_back", meeting_patch(meeting), by=by, at=at)
    return meeting


@action
def approve(meeting: Meeting, *, by: User, at: datetime) -> Meeting:
    """Approve the package: from now on it is published and everyone on the list is invited."""
    meeting = locked(meeting)
    first_no(may(by, meeting, "approve"), is_complete(meeting)).require()
    moved = go(meeting, "approve")
    meeting.published_at = at
    meeting.save(update_fields=["state", "published_at"])
    invited = meeting.participants.filter(removed_at__isnull=True).count()
    note(meeting, "approve", by=by, at=at, data={"invited": invited}, moved=moved)
    announce_same(meeting, "meeting.published", meeting_patch(meeting), by=by, at=at)
    start_afresh(meeting, meeting.participants.all())
    index_meeting(meeting)
    send_invitations(meeting, by=by, at=at)
    return meeting
