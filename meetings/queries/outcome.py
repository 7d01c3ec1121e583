"""Reading what a meeting leaves: minutes, comments, conclusions, exports."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from ledger.queries import told_of
from ledger.verdict import Unseen
from meetings.models import Conclusion, Meeting, Minutes, MinutesComment, Participant, RecordExport
from meetings.queries.visible import get_visible_meeting
from meetings.rules.meeting import participation, roles_of
from meetings.rules.outcome import reads_minutes
from people.models import User


def minutes_for(user: User, meeting: Meeting) -> Minutes | None:
    """Return the minutes of a visible meeting, if there are any and the person reads them as they stand."""
    minutes = Minutes.objects.select_related("meeting__agency", "meeting__room", "approved_by")
    found = minutes.filter(meeting=meeting).first()
    roles = roles_of(user, meeting, participation(user, meeting))
    return found if found and reads_minutes(roles, found.state) else None


def get_visible_minutes(user: User, public_id: UUID) -> Minutes:
    """Return the minutes of this meeting, or raise Unseen."""
    found = minutes_for(user, get_visible_meeting(user, public_id))
    if found is None:
        raise Unseen
    return found


def get_visible_comment(user: User, minutes: Minutes, public_id: UUID) -> MinutesComment:
    """Return one comment on minutes that exist for the person, or raise Unseen."""
    comment = minutes.comments.select_related("minutes__meeting__agency").filter(public_id=public_id).first()
    if comment is None or minutes_for(user, minutes.meeting) is None:
        raise Unseen
    return comment


def told_of_minutes(meeting: Meeting) -> list[User]:
    """Return chair, secretaries and members."""
    places = meeting.participants.filter(removed_at__isnull=True).exclude(role=Participant.Role.GUEST)
    return [place.user for place in places.select_related("user")]


def conclusions_of(user: User, meeting: Meeting, *, sees_hidden: bool) -> QuerySet[Conclusion]:
    """Return the conclusions of a visible meeting; those on hidden items for its keepers only."""
    found = meeting.conclusions.select_related("item").prefetch_related("files__versions")
    return found if sees_hidden else found.exclude(item__hidden=True)


def get_visible_export(user: User, meeting: Meeting, public_id: UUID, kind: str) -> RecordExport:
    """Return one of the person's own exports, or raise Unseen."""
    exports = RecordExport.objects.select_related("meeting__agency", "user")
    found = exports.filter(meeting=meeting, user=user, kind=kind, public_id=public_id).first()
    if found is None:
        raise Unseen
    return found


def removed_conclusion(meeting: Meeting, public_id: UUID) -> Mapping[str, Any] | None:
    """Return what the record kept of a conclusion when it was removed the last time."""
    found = [
        data
        for _at, _verb, object_id, data in told_of(meeting.stream).filter(verb="remove_conclusion")
        if object_id == public_id and "files" in data
    ]
    return found[-1] if found else None
