"""Leading: whose page the others follow, and which paper is open there. Pages and pointers pass by unrecorded."""

from datetime import datetime

from documents.models import Version
from ledger.door import action, nothing_changed
from meetings.models import Meeting, Participant
from meetings.presenting import FIELDS, let_go, tell_lead
from meetings.records import locked, locked_place, note
from meetings.rules.leading import may_lead, may_lead_paper, may_stop_leading
from people.models import User


@action
def lead(place: Participant, *, by: User, at: datetime) -> Meeting:
    """Let this person lead; nothing is shown until they open a paper."""
    place = locked_place(place)
    meeting = place.meeting
    may_lead(by, place).require()
    if meeting.presenter_id == place.pk:
        nothing_changed()
        return meeting
    meeting.presenter, meeting.led_version = place, None
    meeting.save(update_fields=FIELDS)
    data = {"user": place.user_id, "name": place.user.full_name}
    note(meeting, "lead", by=by, at=at, about=place, data=data)
    tell_lead(meeting, by=by, at=at)
    return meeting


@action
def lead_paper(meeting: Meeting, version: Version, *, by: User, at: datetime) -> Meeting:
    """Turn the others to the paper the presenter has opened."""
    meeting = locked(meeting)
    may_lead_paper(by, meeting, version).require()
    if meeting.led_version_id == version.pk:
        nothing_changed()
        return meeting
    meeting.led_version = version
    meeting.save(update_fields=["led_version"])
    data = {"document": str(version.document.public_id), "version": version.number, "title": version.document.title}
    note(meeting, "lead_paper", by=by, at=at, data=data)
    tell_lead(meeting, by=by, at=at)
    return meeting


@action
def stop_leading(meeting: Meeting, *, by: User, at: datetime) -> Meeting:
    """End it: everybody reads on their own."""
    meeting = locked(meeting)
    may_stop_leading(by, meeting).require()
    if meeting.presenter is None:
        nothing_changed()
        return meeting
    note(meeting, "stop_leading", by=by, at=at, about=meeting.presenter)
    let_go(meeting)
    tell_lead(meeting, by=by, at=at)
    return meeting
