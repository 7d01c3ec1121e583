"""Votes: while open who has voted, afterwards the result."""

from collections.abc import Iterable

from meetings.counting import count_choices
from meetings.models import Ballot, Meeting, Vote
from meetings.snapshot.views import CHAIR, GUEST, MEMBER, Data, moment


def sees_counts(vote: Vote, view: str) -> bool:
    """Does this view see the counts while the vote is open? The rule of the kind says whether members do."""
    return view == CHAIR or (view == MEMBER and vote.rule.get("board") == "live")


def vote_data(vote: Vote, view: str, ballots: Iterable[Ballot] = ()) -> Data:
    """Return one vote: while open who has voted, after closing who chose what; guests see the totals only."""
    cast = list(ballots)
    is_open, is_closed = vote.state == "open", vote.state == "closed"
    return {
        "item": str(vote.item.public_id),
        "position": vote.position,
        "question": vote.question,
        "options": vote.options,
        "rule": vote.rule,
        "state": vote.state,
        "opened_at": moment(vote.opened_at),
        "closed_at": moment(vote.closed_at),
        "cast": len(cast) if is_open else None,
        "counts": counts_of(vote, cast) if is_open and sees_counts(vote, view) else None,
        "voted": has_voted(cast) if is_open and view != GUEST else None,
        "result": vote.result if is_closed else None,
        "choices": choices_of(cast) if is_closed and view != GUEST else None,
        "remarks": remarks_of(cast) if is_closed and view != GUEST else None,
    }


def counts_of(vote: Vote, ballots: Iterable[Ballot]) -> dict[str, int]:
    """Return how many chose each option so far."""
    return count_choices([option["code"] for option in vote.options], [ballot.choice for ballot in ballots])


def has_voted(ballots: Iterable[Ballot]) -> Data:
    """Return who has voted, not how."""
    return {str(ballot.participant.public_id): True for ballot in ballots}


def choices_of(ballots: Iterable[Ballot]) -> Data:
    """Return who chose what."""
    return {str(ballot.participant.public_id): ballot.choice for ballot in ballots}


def remarks_of(ballots: Iterable[Ballot]) -> Data:
    """Return the words of those who had another opinion."""
    return {str(ballot.participant.public_id): ballot.remark for ballot in ballots if ballot.remark}


def votes_snapshot(meeting: Meeting, view: str) -> Data:
    """Return the votes of the meeting, dropped ones left out."""
    votes = meeting.votes.exclude(state="dropped").select_related("item")
    ballots = Ballot.objects.filter(vote__in=votes).select_related("participant").order_by("pk")
    by_vote: dict[int, list[Ballot]] = {}
    for ballot in ballots:
        by_vote.setdefault(ballot.vote_id, []).append(ballot)
    return {str(vote.public_id): vote_for(vote, view, by_vote.get(vote.pk, [])) for vote in votes}


def vote_for(vote: Vote, view: str, ballots: Iterable[Ballot] = ()) -> Data | None:
    """Return the vote as that view has it: on a hidden item only chair and secretary see one."""
    return None if vote.item.hidden and view != CHAIR else vote_data(vote, view, ballots)


def ballot_data(ballot: Ballot) -> Data:
    """Return a person's own ballot, for that person only."""
    return {"choice": ballot.choice, "remark": ballot.remark or None, "at": moment(ballot.cast_at)}
