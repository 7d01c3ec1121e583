"""What every page of a meeting shows around its content: heading, state, steps, tabs."""

from typing import Any

from django.utils import timezone

from ledger.verdict import Verdict
from meetings.answering import answer_card
from meetings.labels import STATES, kind_name
from meetings.models import Meeting
from meetings.rules.meeting import has_chair, may_in, participation, roles_of
from meetings.rules.people import is_check_in_time
from meetings.tabs import tabs_for
from meetings.workflow import MEETING, SEEN_BY_ALL
from people.models import User

# While these last, answers are still being collected.
BEFORE = frozenset({"draft", "submitted", "returned", "published"})


def verdicts(meeting: Meeting, roles: frozenset[str]) -> dict[str, Verdict]:
    """Return the answer for every verb of the table, in the meeting's present state."""
    return {row.verb: may_in(MEETING, meeting.state, row.verb, roles) for row in MEETING.moves}


def frame(user: User, meeting: Meeting, tab: str) -> dict[str, Any]:
    """Return what `meetings/page.html` needs; `tab` is the one being shown."""
    place = participation(user, meeting)
    roles = roles_of(user, meeting, place)
    can = {verb: bool(verdict) for verb, verdict in verdicts(meeting, roles).items()}
    return {
        "meeting": meeting,
        "state": STATES[meeting.state],
        "kind_name": kind_name(meeting),
        "place": place,
        "my_roles": roles,
        "can": can,
        "check_in_time": is_check_in_time(meeting, timezone.now()),
        "chair_missing": can["submit"] and not has_chair(meeting),
        "sees_reply_by": meeting.state in BEFORE and (place is not None or "clerk" in roles),
        "may_enter": place is not None and meeting.state in SEEN_BY_ALL,
        "tabs": tabs_for(meeting, roles, tab),
        "answer": answer_card(meeting, place) if tab == "agenda" else None,
    }
