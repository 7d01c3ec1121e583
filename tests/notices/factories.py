"""Telling from a test: inside the door, as an action does."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from ledger.door import writing
from notices.actions.telling import take_back, tell
from notices.models import Notice
from people.models import User
from people.queries import home_agency_id

WORKDAY = datetime(2026, 11, 18, 3, 0, tzinfo=UTC)  # a Wednesday, ten in the morning in Viet Nam
EVENING = datetime(2026, 11, 18, 15, 0, tzinfo=UTC)  # ten in the evening
MORNING = datetime(2026, 11, 18, 23, 30, tzinfo=UTC)  # half past six on Thursday
ICS = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:1@x\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"


def told(users: Iterable[User], kind: str = "trial.invited", *, at: datetime = WORKDAY, **facts: Any) -> list[Notice]:
    """Tell these people something."""
    people = list(users)
    values = facts.pop("values", {"title": "Họp giao ban"})
    agency_id = facts.pop("agency_id", None) or home_agency_id(people[0])
    with writing():
        return tell(people, kind, values, **{"url": "/inbox/", "about": "trial:1", **facts}, agency_id=agency_id, at=at)


def called_back(about: str = "trial:1", *, at: datetime = WORKDAY, **facts: Any) -> int:
    """Take notices back."""
    with writing():
        return take_back(about, at=at, **facts)
