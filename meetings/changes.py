"""Telling those invited what changed in a published meeting: a step inside the action that changes it."""

from collections.abc import Collection
from datetime import datetime

from meetings.invitations import tell_people
from meetings.models import Meeting
from meetings.queries.clashes import STAYS_AWAY
from people.models import User

# The sentence for each thing that can change (meetings/notices.py); agenda changes of one hour are told once.
KINDS = {"agenda": "agenda_changed", "time": "time_changed", "where": "where_changed", "title": "title_changed"}
TOLD_IN = ("published",)


def tell_changed(meeting: Meeting, what: Collection[str], *, by: User, at: datetime, **values: str) -> None:
    """Tell everyone invited but `by` what changed, while the meeting is published and has not begun."""
    if meeting.state not in TOLD_IN or not what:
        return
    places = meeting.participants.filter(removed_at__isnull=True).exclude(user=by).select_related("user")
    coming = [place.user for place in places if place.reply not in STAYS_AWAY]
    away = [place.user for place in places if place.reply in STAYS_AWAY]
    for one in sorted(what):
        key = f"{meeting.stream}:agenda:{at:%Y%m%d%H}" if one == "agenda" else ""
        tell_people(meeting, coming, KINDS[one], at=at, key=key, **values)
        tell_people(meeting, away, KINDS[one], at=at, key=key, calendar="", **values)
