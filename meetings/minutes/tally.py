"""Votes in words and as rows of the table: counts, shares of all members, and the outcome."""

from typing import Any

from django.utils.translation import gettext as _

from meetings.minutes.body import Block, free, linked
from meetings.models import AgendaItem, Meeting, Vote


def vote_blocks(meeting: Meeting, items: list[AgendaItem]) -> list[Block]:
    """Return every closed vote on an item everybody sees, in the order of closing; none, no section."""
    votes = list(meeting.votes.filter(state="closed", item__in=items).order_by("closed_at", "pk"))
    found = [vote_block(number, vote) for number, vote in enumerate(votes, start=1)]
    return [*found, free("votes.free")] if found else []


def vote_block(number: int, vote: Vote) -> Block:
    """Return one vote."""
    return linked(f"votes.{vote.public_id}", f"{number}. {in_words(vote)}", row=row_of(vote))


def outcome_of(vote: Vote) -> str:
    """Return what became of it."""
    return _("Carried") if vote.result["carried"] else _("Not carried")


def in_words(vote: Vote) -> str:
    """Return the vote in a sentence: question, who was there, each choice with its share, the outcome."""
    found = vote.result
    there = _("%(there)s of %(members)s members present") % {
        "there": found["present"] + found["late"],
        "members": found["members"],
    }
    choices = [
        f"{option['label']}: {found['counts'][option['code']]} ({found['shares'][option['code']].replace('.', ',')}%)"
        for option in vote.options
    ]
    if found["unanswered"]:
        choices.append(_("present without an answer: %(count)s") % {"count": found["unanswered"]})
    return f"{vote.question} – {there}. {'; '.join(choices)}. {_('Result')}: {outcome_of(vote)}."


def row_of(vote: Vote) -> dict[str, Any]:
    """Return the row of the table: heads and cells belong together, kinds of meeting have other words."""
    found = vote.result
    heads = [option["label"] for option in vote.options]
    counts = [str(found["counts"][option["code"]]) for option in vote.options]
    there = str(found["present"] + found["late"])
    return {"heads": heads, "question": vote.question, "there": there, "counts": counts, "result": outcome_of(vote)}
