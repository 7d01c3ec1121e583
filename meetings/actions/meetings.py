"""Preparing a meeting: create, edit, cancel."""

from dataclasses import asdict
from datetime import datetime

from ledger.door import action
from ledger.verdict import YES, first_no, no
from meetings.details import Details
from meetings.finding import index_meeting
from meetings.invitations import call_off_invitations
from meetings.models import Meeting
from meetings.patches import announce_same, meeting_patch
from meetings.records import locked, note
from meetings.rules.meeting import are_sound, may, may_create
from meetings.rules.words import is_reason
from meetings.workflow import MEETING
from people.models import Agency, User
from search.fold import composed


@action
def create(agency: Agency, *, details: Details, by: User, at: datetime) -> Meeting:
    """Start preparing a meeting of the agency."""
    first_no(may_create(by, agency), are_sound(details)).require()
    meeting = Meeting(agency=agency, created_by=by, created_at=at, **asdict(details))
    meeting.save()
    note(meeting, "create", by=by, at=at, data=details.as_data(), moved=("", MEETING.initial))
    announce_same(meeting, "meeting.created", meeting_patch(meeting), by=by, at=at)
    return meeting


@action
def edit(meeting: Meeting, *, details: Details, revision: int, by: User, at: datetime) -> Meeting:
    """Change what was written about the meeting, unless somebody else did since `revision` was read."""
    meeting = locked(meeting)
    same = YES if meeting.revision == revision else no("changed_meanwhile")
    first_no(may(by, meeting, "edit"), same, are_sound(details)).require()
    for name, value in asdict(details).items():
        setattr(meeting, name, value)
    meeting.revision += 1
    meeting.save()
    note(meeting, "edit", by=by, at=at, data=details.as_data())
    announce_same(meeting, "meeting.edited", meeting_patch(meeting), by=by, at=at)
    index_meeting(meeting)
    return meeting


@action
def cancel(meeting: Meeting, *, reason: str, by: User, at: datetime) -> Meeting:
    """Call the meeting off; those invited see that it is."""
    meeting = locked(meeting)
    first_no(may(by, meeting, "cancel"), is_reason(reason)).require()
    source, meeting.state, meeting.return_reason = meeting.state, "cancelled", composed(reason).strip()
    meeting.save(update_fields=["state", "return_reason"])
    note(meeting, "cancel", by=by, at=at, data={"reason": meeting.return_reason}, moved=(source, meeting.state))
    announce_same(meeting, "meeting.cancelled", meeting_patch(meeting), by=by, at=at)
    call_off_invitations(meeting, by=by, at=at)
    return meeting
