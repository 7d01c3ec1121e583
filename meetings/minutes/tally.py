"""Votes in words and as rows of the table: counts, shares of all members, and the outcome."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from meetings.minutes.body import Block, free, linked
from meetings.models import AgendaItem, Ballot, Meeting, Vote
from meetings.queries.votes import by_name_in, recorded_votes


def vote_blocks(meeting: Meeting, items: list[AgendaItem]) -> list[Block]:
    """Return every vote with a result on an item everybody sees, in the order of closing; none, no section."""
    votes = list(recorded_votes(meeting).filter(item__in=items).order_by("closed_at", "pk"))
    by_name = by_name_in(votes)
    found = [vote_block(number, vote, by_name.get(vote.pk, {})) for number, vote in enumerate(votes, start=1)]
    return [*found, free("votes.free")] if found else []


def vote_block(number: int, vote: Vote, by_name: Mapping[str, int]) -> Block:
    """Return one vote; an annulled one is in words only, its counts decide nothing."""
    text = f"{number}. {in_words(vote, by_name)}"
    return linked(f"votes.{vote.public_id}", text, row=None if vote.state == "annulled" else row_of(vote))


def outcome_of(vote: Vote) -> str:
    """Return what became of it: carried or not, or which options were chosen; a tie is said."""
    if vote.state == "annulled":
        return pgettext("vote", "Annulled")
    if "chosen" not in vote.result:
        return _("Carried") if vote.result["carried"] else _("Not carried")
    chosen, tied = labels_of(vote, "chosen"), labels_of(vote, "tied")
    words = [_("Chosen: %(options)s") % {"options": chosen} if chosen else _("No option has enough votes")]
    words += [_("equal votes: %(options)s") % {"options": tied}] if tied else []
    return ". ".join(part[:1].upper() + part[1:] for part in words)


def labels_of(vote: Vote, key: str) -> str:
    """Return the options the result names under that key, by what they are called."""
    labels = {option["code"]: option["label"] for option in vote.options}
    return "; ".join(labels[code] for code in vote.result[key])


def arithmetic_of(vote: Vote) -> str:
    """Return what was needed, and what it was reckoned from."""
    found = vote.result
    return _("needed: at least %(needed)s of %(base)s") % {"needed": found["needed"], "base": found["base"]}


def in_words(vote: Vote, by_name: Mapping[str, int]) -> str:
    """Return the vote in words: question, who was there, each choice with its share, how it was held, the outcome.

    Of one annulled before its result was declared nothing was made known but how it was held and why it counts no more.
    """
    if not vote.was_declared:
        return " ".join([f"{vote.question} –", *manner_of(vote, by_name), annulment_of(vote)])
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
    outcome = f"{_('Result')}: {outcome_of(vote)} ({arithmetic_of(vote)})."
    parts = [f"{vote.question} – {there}.", f"{'; '.join(choices)}.", *manner_of(vote, by_name)]
    return " ".join([*parts, annulment_of(vote) if vote.state == "annulled" else outcome])


def manner_of(vote: Vote, by_name: Mapping[str, int]) -> list[str]:
    """Return how ballots were given, where not all were on tablets."""
    if vote.manner == Vote.Manner.OUTSIDE:
        return [_("Held outside the system: %(note)s.") % {"note": vote.outside["note"].rstrip(".")}]
    hands, paper = by_name.get(Ballot.Manner.HANDS, 0), by_name.get(Ballot.Manner.PAPER, 0)
    said = [ngettext("%(n)d raised hand", "%(n)d raised hands", hands) % {"n": hands}] if hands else []
    said += [ngettext("%(n)d paper ballot", "%(n)d paper ballots", paper) % {"n": paper}] if paper else []
    return (
        [_("Entered by name and confirmed by a second person: %(ballots)s.") % {"ballots": ", ".join(said)}]
        if said
        else []
    )


def annulment_of(vote: Vote) -> str:
    """Return that the vote counts no more, and why."""
    return _("This vote was annulled: %(reason)s.") % {"reason": vote.annul_reason.rstrip(".")}


def row_of(vote: Vote) -> dict[str, Any]:
    """Return the row of the table: heads and cells belong together, kinds of meeting have other words."""
    found = vote.result
    heads = [option["label"] for option in vote.options]
    counts = [str(found["counts"][option["code"]]) for option in vote.options]
    there = str(found["present"] + found["late"])
    return {"heads": heads, "question": vote.question, "there": there, "counts": counts, "result": outcome_of(vote)}
