"""The fact `meeting.held`, from the transition that closes a meeting and what was frozen with it."""

from collections.abc import Iterable
from typing import Any

from ledger.facts import FactDraft, fact_rule
from ledger.models import Transition
from meetings.models import Meeting, Paper
from meetings.queries.room import quorum_of, roll_of

KEPT = ("kind", "paperless", "papers", "members", "people", "present")


def held_attributes(meeting: Meeting) -> dict[str, Any]:
    """Return what is frozen when a meeting closes; papers that all lie in the system make it paperless."""
    papers = Paper.objects.filter(item__meeting=meeting, state="laid").count()
    checked_in = [place.checked_in_at is not None for place in roll_of(meeting)]
    return {
        "kind": meeting.kind,
        "paperless": papers > 0,
        "papers": papers,
        "members": quorum_of(meeting).members,
        "people": len(checked_in),
        "present": sum(checked_in),
    }


@fact_rule("meetings.meeting", "closed")
def meeting_held(transition: Transition) -> Iterable[FactDraft]:
    """A closed meeting was held."""
    return [FactDraft("meeting.held", attributes={key: transition.attributes[key] for key in KEPT})]
