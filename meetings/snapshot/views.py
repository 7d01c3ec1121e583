"""Which of the views a person gets, and how values are written in a snapshot."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from meetings.models import Meeting, Participant
from meetings.queries.visible import own_agencies
from meetings.rules.meeting import CONDUCTING, participation
from people.models import User

Data = dict[str, Any]
CHAIR, MEMBER, GUEST = "chair", "", "guest"
VIEWS = (CHAIR, MEMBER, GUEST)


def view_of(place: Participant) -> str:
    """Return which of the three views a participant gets."""
    if place.role in CONDUCTING:
        return CHAIR
    return GUEST if place.role == Participant.Role.GUEST else MEMBER


def page_view(user: User, meeting: Meeting) -> str:
    """Return the view of somebody reading without a place: the agency's own office as members, a unit's as guests."""
    place = participation(user, meeting)
    if place is not None:
        return view_of(place)
    return MEMBER if meeting.agency_id in own_agencies(user) else GUEST


def moment(at: datetime | None) -> str | None:
    """Return an instant as JSON text in UTC."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z") if at else None


def without_nulls(value: Any) -> Any:
    """Return the value with every key that holds nothing left out."""
    if isinstance(value, Mapping):
        return {key: without_nulls(item) for key, item in value.items() if item is not None}
    return value
