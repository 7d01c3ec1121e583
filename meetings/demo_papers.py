"""The demo's units at work: what is asked of them, and their papers in several states; a group with its own paper."""

import json
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.utils import timezone

from documents.received import Received
from meetings.actions import duties, groups, papers, submissions
from meetings.deadlines import usual_due
from meetings.models import AgendaItem, Duty, Meeting
from people.models import Agency, User
from people.queries import agency_by_code, user_by_name

DATA = Path(__file__).resolve().parent / "data" / "demo_papers.json"


@cache
def script() -> dict[str, Any]:
    """Return what units are asked for, and what they brought."""
    return dict(json.loads(DATA.read_text(encoding="utf-8")))


def lines(part: str) -> list[dict[str, Any]]:
    """Return the papers of one meeting, in order."""
    return list(script()[part])


def person(name: str) -> User:
    """Return a person of the demo."""
    found = user_by_name(name)
    assert found is not None, name
    return found


def unit(code: str) -> Agency:
    """Return a unit of the demo."""
    found = agency_by_code(code)
    assert found is not None, code
    return found


def ask_units(meeting: Meeting, files: list[Received], clerk: User, at: datetime) -> None:
    """Ask the units, and let them bring their papers as far as the script says."""
    due = usual_due(timezone.localtime(meeting.starts_at))
    items = list(meeting.items.select_related("meeting__agency"))
    for line, received in zip(lines("coming"), files, strict=True):
        (duty,) = ask(items[line["item"]], line, max(due, at + timedelta(days=1)), clerk, at)
        if line["state"] != "waiting":
            hand_in(duty, line, received, clerk, at)


def ask(item: AgendaItem, line: dict[str, Any], due: datetime, clerk: User, at: datetime) -> list[Duty]:
    """Ask one unit."""
    return duties.assign(item, units=[unit(line["unit"])], what=line["what"], due_at=due, by=clerk, at=at)


def hand_in(duty: Duty, line: dict[str, Any], received: Received, clerk: User, at: datetime) -> None:
    """Let the unit bring its paper, hand it in and learn what was decided."""
    who = person(line["by"])
    paper = submissions.bring(duty, received, title=line["title"], by=who, at=at)
    if line["state"] == "prepared":
        return
    submissions.submit(paper, by=who, at=at)
    if line["state"] == "returned":
        submissions.give_back(paper, reason=line["reason"], by=clerk, at=at)
    elif line["state"] == "laid":
        submissions.approve(paper, by=clerk, at=at)


def supplement(meeting: Meeting, files: list[Received], clerk: User, members: list[User], at: datetime) -> None:
    """Lay a paper for a group of the meeting, and one more for everybody, after it was published."""
    places = list(meeting.participants.filter(user__in=members[:3]))
    group = groups.make_group(meeting, name=script()["group"], people=places, by=clerk, at=at)
    items = list(meeting.items.select_related("meeting__agency"))
    for line, received in zip(lines("today"), files, strict=True):
        chosen = [group] if line["for_group"] else []
        papers.lay(items[line["item"]], received, title=line["title"], groups=chosen, by=clerk, at=at)
