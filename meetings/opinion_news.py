"""Telling who may know of an opinion that was handed in or taken back; a step inside the actions."""

from datetime import datetime

from live.publish import publish
from meetings.models import Opinion
from meetings.patches import tell
from meetings.snapshot.opinions import opinion_data, own_opinion_data
from meetings.snapshot.views import CHAIR, GUEST, MEMBER
from people.models import User


def announce_opinion(opinion: Opinion, kind: str, *, by: User, at: datetime) -> None:
    """Tell chair and secretary, and the author's own pages; to everybody else only a number passes."""
    meeting, key = opinion.item.meeting, str(opinion.public_id)
    shown = {"opinions": {key: opinion_data(opinion) if opinion.handed_in_at else None}}
    publish(meeting.stream, kind, {}, by=by, at=at, views={CHAIR: shown}, hidden_from=(MEMBER, GUEST))
    own = {"opinions": {key: own_opinion_data(opinion) if opinion.handed_in_at else None}}
    tell(meeting, by, kind, own, by=by, at=at)
