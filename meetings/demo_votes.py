"""Votes of the demo as rooms really have them: chosen among options, held again, raised hands, held outside."""

import json
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from meetings.actions import entries, outside, votes
from meetings.actions.ballots import Cast, cast_together
from meetings.details import Asked, Chosen, Counted
from meetings.models import Meeting, Vote
from people.models import User

SOURCE = Path(__file__).resolve().parent / "data" / "demo_votes.json"


@lru_cache(maxsize=1)
def written() -> dict[str, Any]:
    """Return what the file says."""
    found: dict[str, Any] = json.loads(SOURCE.read_text(encoding="utf-8"))
    return found


def prepare_choices(meeting: Meeting, secretary: User, at: datetime) -> None:
    """Prepare a choice of one, with a countdown, and a choice of several on the last item everybody sees."""
    item = meeting.items.filter(hidden=False, depth=0).select_related("meeting__agency").last()
    if item is None:
        return
    for line in written()["today"]:
        asked = Asked(
            question=line["question"],
            form=line["form"],
            options=tuple(line["options"]),
            most=line.get("most", 1),
            seconds=line.get("seconds"),
        )
        votes.prepare(item, asked=asked, by=secretary, at=at)


def decide(vote: Vote, voters: list[User], chair: User, at: datetime) -> None:
    """Vote on the tablets: all agree but the last one, who presses no choice in favour; then declare."""
    votes.open_vote(vote, by=chair, at=at)
    give(vote, voters, at)
    finish(vote, chair, at + timedelta(minutes=1))


def give(vote: Vote, voters: list[User], at: datetime) -> None:
    """Let these people vote."""
    given = [Cast(user, "abstain" if user == voters[-1] else "yes", at + timedelta(seconds=20)) for user in voters]
    cast_together(vote, casts=given, by=None, at=at + timedelta(seconds=20))


def finish(vote: Vote, chair: User, at: datetime) -> None:
    """Close the vote and declare what was counted."""
    votes.close_vote(vote, by=chair, at=at)
    votes.declare(vote, by=chair, at=at + timedelta(seconds=10))


def decide_again(vote: Vote, voters: list[User], chair: User, secretary: User, at: datetime) -> None:
    """Annul the first vote and hold it again; one hand is raised, entered by the secretary, confirmed by the chair."""
    decide(vote, voters, chair, at - timedelta(minutes=3))
    again = votes.annul(vote, reason=written()["annulled"], by=chair, at=at)
    votes.open_vote(again, by=chair, at=at + timedelta(seconds=30))
    raised, *others = voters
    give(again, others, at + timedelta(seconds=30))
    place = again.meeting.participants.select_related("user").get(user=raised)
    seen = at + timedelta(seconds=70)
    entry = entries.enter(again, place=place, manner="hands", chosen=Chosen("yes"), by=secretary, at=seen)
    entries.confirm(entry, by=chair, at=seen + timedelta(seconds=8))
    finish(again, chair, at + timedelta(minutes=2))


def decide_outside(vote: Vote, voters: list[User], chair: User, secretary: User, at: datetime) -> None:
    """Record the counts of a vote by raised hands, and declare them."""
    counts = {"yes": len(voters) - 1, "no": 1, "abstain": 0}
    counted = Counted(counts, len(voters), written()["outside"])
    outside.record(vote, counted=counted, by=secretary, at=at)
    votes.declare(vote, by=chair, at=at + timedelta(seconds=20))
