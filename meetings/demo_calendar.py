"""The demo's calendar: several weeks of meetings in several units, opinions, notes, papers read and unread."""

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.utils import timezone

from documents.openings import note_opening
from ledger.days import legal_day
from ledger.door import writing
from meetings.actions import agenda, notebook, opinions, package, participants, presence, room, units
from meetings.actions import meetings as acts
from meetings.actions.units import Seats
from meetings.details import Details, Matter, Seat
from meetings.models import Meeting, Paper
from people.models import User
from people.queries import agency_by_code, posts_of, user_by_name

DATA = Path(__file__).resolve().parent / "data" / "demo_calendar.json"


@cache
def data() -> dict[str, Any]:
    """Return the meetings, and what people wrote for the one of today."""
    return dict(json.loads(DATA.read_text(encoding="utf-8")))


def account(username: str) -> User:
    """Return one of the demo people."""
    found = user_by_name(username)
    if found is None:
        raise LookupError(f"the demo has no {username}")
    return found


def build(at: datetime) -> None:
    """Build the units' meetings unless they are there, and what people prepared for today's."""
    makers = {account(line["by"]).pk for line in data()["meetings"]}
    if not Meeting.objects.filter(created_by__in=makers).exists():
        for line in data()["meetings"]:
            with writing():
                held(line, at)
    coming = Meeting.objects.filter(agency__code="UBND-MAU", state="published").order_by("starts_at").first()
    if coming is not None and not coming.items.filter(opinions__isnull=False).exists():
        with writing():
            prepare_for(coming, at)


def held(line: dict[str, Any], at: datetime) -> None:
    """Create one meeting and walk it to where the script has it; what was before it happened before it."""
    clerk, leader = account(line["by"]), account(line["leader"])
    day = legal_day(at) + timedelta(days=line["day"])
    start = timezone.make_aware(datetime(day.year, day.month, day.day, hour(line, at)))  # noqa: DTZ001
    before = min(at, start - timedelta(days=2))
    end = start + timedelta(minutes=line["long"])
    agency = next(post.agency for post in posts_of(clerk))
    details = Details("department_meeting", line["title"], start, end, line["place"])
    meeting = acts.create(agency, details=details, by=clerk, at=before)
    seats = [(leader, Seat("chair", True)), (clerk, Seat("secretary"))]
    seats += [(account(name), Seat("member", True)) for name in line["people"]]
    for user, seat in seats:
        participants.invite(meeting, user=user, seat=seat, by=clerk, at=before)
    invite_units(meeting, line.get("units", ()), clerk, before)
    for title in line["items"]:
        agenda.add_item(meeting, matter=Matter(title, minutes=line["long"] // len(line["items"])), by=clerk, at=before)
    walk(meeting, line["end"], clerk, leader, before, start, end)


def hour(line: dict[str, Any], at: datetime) -> int:
    """Return when it begins; a meeting of today that is still to come begins after the one that is on now."""
    now = timezone.localtime(at).hour
    planned = int(line["hour"])
    return planned if line["day"] or line["end"] == "closed" else min(23, max(planned, now + 2))


def invite_units(meeting: Meeting, lines: Iterable[tuple[str, int, str]], clerk: User, at: datetime) -> None:
    """Invite units that name their people themselves; none of them has answered yet."""
    for code, seats, remark in lines:
        agency = agency_by_code(code)
        if agency is not None:
            units.invite_unit(meeting, agency=agency, seats=Seats(seats, "guest", remark), by=clerk, at=at)


def walk(
    meeting: Meeting, end: str, clerk: User, leader: User, before: datetime, starts: datetime, ends: datetime
) -> None:
    """Bring the meeting to its state through the actions."""
    if end == "draft":
        return
    package.submit(meeting, by=clerk, at=before)
    if end == "submitted":
        return
    package.approve(meeting, by=leader, at=before)
    if end == "cancelled":
        acts.cancel(
            meeting, reason="Hoãn sang tuần sau do trùng lịch họp của Ủy ban nhân dân tỉnh", by=clerk, at=before
        )
    if end == "closed":
        for place in meeting.participants.select_related("meeting__agency", "user"):
            presence.check_in(place, by=place.user, at=starts - timedelta(minutes=5))
        room.open_room(meeting, by=leader, at=starts)
        room.close_room(meeting, by=leader, at=ends)


def prepare_for(meeting: Meeting, at: datetime) -> None:
    """Write opinions and notes for a meeting to come, and open some of its papers."""
    items = list(meeting.items.select_related("meeting__agency", "meeting__current_item").order_by("position"))
    for line in data()["opinions"]:
        author, item = account(line["user"]), items[line["item"] - 1]
        opinions.save(item, text=line["text"], revision=0, by=author, at=at)
        if line["handed_in"]:
            opinions.hand_in(item, by=author, at=at)
    for line in data()["notes"]:
        notebook.save(meeting, entry_id=uuid4(), text=line["text"], revision=0, by=account(line["user"]), at=at)
    for number, names in data()["readers"].items():
        for paper in Paper.objects.filter(item=items[int(number) - 1], state="laid").select_related("document"):
            for name in names:
                note_opening(paper.document.versions.latest("number"), account(name), at)
