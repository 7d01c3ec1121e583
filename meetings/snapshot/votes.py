"""Votes: while open who has voted; the result for chair and secretary once closed, for everybody once declared."""

from collections.abc import Iterable
from typing import Any

from meetings.counting import count_choices
from meetings.models import Ballot, EnteredBallot, Meeting, Vote
from meetings.queries.votes import MISSABLE, Inside, inside_of, shown_votes
from meetings.snapshot.views import CHAIR, GUEST, MEMBER, Data, moment
from meetings.workflow import COUNTED

EMPTY = Inside()


def sees_counts(vote: Vote, view: str) -> bool:
    """Does this view see the counts before they are declared? The rule of the kind says whether members do."""
    return view == CHAIR or (view == MEMBER and vote.rule.get("board") == "live")


def sees_result(vote: Vote, view: str) -> bool:
    """Does this view see the result? Chair and secretary do once it is counted, everybody else once it is declared."""
    return vote.state in COUNTED and (view == CHAIR or vote.declared_at is not None)


def vote_data(vote: Vote, view: str, inside: Inside = EMPTY) -> Data:
    """Return one vote: what is asked, how far it is, and what this view may know of its ballots."""
    return {
        "item": str(vote.item.public_id),
        "position": vote.position,
        "question": vote.question,
        "form": vote.form,
        "manner": vote.manner,
        "options": vote.options,
        "rule": vote.rule,
        "seconds": vote.seconds,
        "revision": vote.revision,
        "state": vote.state,
        "opened_at": moment(vote.opened_at),
        "closes_at": moment(vote.closes_at),
        "closed_at": moment(vote.closed_at),
        "declared_at": moment(vote.declared_at),
        "annulled": {"reason": vote.annul_reason, "at": moment(vote.annulled_at)} if vote.annulled_at else None,
        "replaces": str(vote.replaces.public_id) if vote.replaces else None,
        **progress_data(vote, view, inside),
        **result_data(vote, view, inside),
        **desk_data(vote, view, inside),
    }


def progress_data(vote: Vote, view: str, inside: Inside) -> Data:
    """Return how far a vote is, from its opening until its result is declared."""
    running = vote.state in ("open", "closed") and vote.manner == Vote.Manner.ROOM
    return {
        "cast": len(inside.ballots) if running else None,
        "counts": counts_of(vote, inside.ballots) if running and sees_counts(vote, view) else None,
        "voted": has_voted(inside.ballots) if running and view != GUEST else None,
    }


def result_data(vote: Vote, view: str, inside: Inside) -> Data:
    """Return the result with its digest, and who chose what; guests see the totals only."""
    shown = sees_result(vote, view)
    return {
        "result": vote.result if shown else None,
        "digest": vote.digest if shown else None,
        "outside": vote.outside if shown and vote.outside else None,
        "choices": choices_of(inside.ballots) if shown and view != GUEST else None,
        "remarks": remarks_of(inside.ballots) if shown and view != GUEST else None,
    }


def desk_data(vote: Vote, view: str, inside: Inside) -> Data:
    """Return what is on the desk of chair and secretary: ballots entered by name, and who missed the vote."""
    if view != CHAIR or vote.state in ("prepared", "dropped"):
        return {"entries": None, "missed": None}
    return {
        "entries": {str(entry.public_id): entry_data(entry) for entry in inside.entries},
        "missed": {str(person): True for person in inside.missed} if vote.state in MISSABLE else None,
    }


def counts_of(vote: Vote, ballots: Iterable[Ballot]) -> dict[str, int]:
    """Return how many chose each option so far."""
    return count_choices([option["code"] for option in vote.options], [ballot.chosen for ballot in ballots])


def has_voted(ballots: Iterable[Ballot]) -> Data:
    """Return who has voted, not how."""
    return {str(ballot.participant.public_id): True for ballot in ballots}


def chosen_data(ballot: Ballot | EnteredBallot) -> Any:
    """Return what was chosen: a code, or the codes where several may be."""
    return ballot.choice or list(ballot.choices)


def choices_of(ballots: Iterable[Ballot]) -> Data:
    """Return who chose what."""
    return {str(ballot.participant.public_id): chosen_data(ballot) for ballot in ballots}


def remarks_of(ballots: Iterable[Ballot]) -> Data:
    """Return the words of those who had another opinion."""
    return {str(ballot.participant.public_id): ballot.remark for ballot in ballots if ballot.remark}


def entry_data(entry: Any) -> Data:
    """Return a ballot entered by name; `by` and `confirmed_by` are places in the meeting."""
    return {
        "person": str(entry.participant.public_id),
        "manner": entry.manner,
        "choice": entry.choice or None,
        "choices": list(entry.choices) or None,
        "remark": entry.remark or None,
        "state": entry.state,
        "by": str(entry.entered_at_place) if entry.entered_at_place else None,
        "confirmed_by": str(entry.confirmed_at_place) if entry.confirmed_at_place else None,
    }


def votes_snapshot(meeting: Meeting, view: str) -> Data:
    """Return the votes of the meeting, dropped ones left out."""
    votes = list(shown_votes(meeting))
    inside = inside_of(votes)
    return {str(vote.public_id): vote_for(vote, view, inside[vote.pk]) for vote in votes}


def vote_for(vote: Vote, view: str, inside: Inside = EMPTY) -> Data | None:
    """Return the vote as that view has it: on a hidden item only chair and secretary see one."""
    return None if vote.item.hidden and view != CHAIR else vote_data(vote, view, inside)


def ballot_data(ballot: Ballot) -> Data:
    """Return a person's own ballot, for that person only."""
    return {
        "choice": ballot.choice or None,
        "choices": list(ballot.choices) or None,
        "remark": ballot.remark or None,
        "manner": ballot.manner if ballot.manner != Ballot.Manner.DEVICE else None,
        "at": moment(ballot.cast_at),
    }
