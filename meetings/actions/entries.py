"""Raised hands and paper ballots entered by name; each counts once a second person has confirmed it."""

from datetime import datetime

from ledger.door import action
from ledger.verdict import first_no
from meetings.countdown import close_if_overdue
from meetings.details import Chosen
from meetings.models import Ballot, EnteredBallot, Participant, Vote
from meetings.patches import announce, tell, vote_patch
from meetings.records import locked, locked_entry, locked_vote, note
from meetings.rules.voting import (
    is_before_end,
    is_choice,
    is_enterable,
    is_entitled,
    is_still_waiting,
    may_confirm,
    may_with_vote,
)
from meetings.snapshot.votes import ballot_data
from people.models import User


@action
def enter(vote: Vote, *, place: Participant, manner: str, chosen: Chosen, by: User, at: datetime) -> EnteredBallot:
    """Enter a raised hand or a paper ballot of somebody on the roll, for another person to confirm."""
    locked(vote.meeting)
    vote = locked_vote(vote)
    first_no(
        may_with_vote(by, vote, "enter"),
        is_before_end(vote, at),
        is_entitled(vote, place),
        is_enterable(vote, place, manner),
        is_choice(vote, chosen.codes),
    ).require()
    entry = EnteredBallot.objects.create(
        vote=vote,
        participant=place,
        manner=manner,
        choice=chosen.choice,
        choices=[] if chosen.choice else list(chosen.choices),
        remark=chosen.remark.strip(),
        entered_by=by,
        entered_at=at,
    )
    note(vote.meeting, "enter_ballot", by=by, at=at, about=vote, data=_told(entry))
    announce(vote.meeting, "ballot.entered", vote_patch(vote), by=by, at=at)
    return entry


def _told(entry: EnteredBallot) -> dict[str, object]:
    """Return what the record keeps of an entry: whose, how it was given, what was chosen."""
    person = str(entry.participant.public_id)
    codes = {"choice": entry.choice} if entry.choice else {"choices": entry.choices}
    return {"entry": str(entry.public_id), "person": person, "manner": entry.manner, **codes}


@action
def confirm(entry: EnteredBallot, *, by: User, at: datetime) -> Ballot:
    """Confirm what somebody else entered: from here on it is the person's ballot."""
    entry = locked_entry(entry)
    vote, place = entry.vote, entry.participant
    first_no(
        may_with_vote(by, vote, "confirm_entry"),
        is_still_waiting(entry),
        may_confirm(by, entry),
        is_entitled(vote, place),
    ).require()
    entry.state, entry.confirmed_by, entry.confirmed_at = EnteredBallot.State.CONFIRMED, by, at
    entry.save(update_fields=["state", "confirmed_by", "confirmed_at"])
    ballot = Ballot.objects.create(
        vote=vote,
        participant=place,
        choice=entry.choice,
        choices=entry.choices,
        remark=entry.remark,
        manner=entry.manner,
        cast_at=at,
    )
    late = {} if vote.roll.filter(participant=place, present=True).exists() else {"late": True}
    data = {**_told(entry), "entered_by": entry.entered_by_id, **late}
    note(vote.meeting, "confirm_ballot", by=by, at=at, about=vote, data=data)
    announce(vote.meeting, "ballot.confirmed", vote_patch(vote), by=by, at=at)
    own = {"ballots": {str(vote.public_id): ballot_data(ballot)}}
    tell(vote.meeting, place.user, "ballot.counted", own, by=by, at=at)
    close_if_overdue(vote, at)
    return ballot


@action
def withdraw(entry: EnteredBallot, *, by: User, at: datetime) -> None:
    """Take back an entry nobody has confirmed: it was wrong, or the person has voted on a tablet."""
    entry = locked_entry(entry)
    vote = entry.vote
    first_no(may_with_vote(by, vote, "withdraw_entry"), is_still_waiting(entry)).require()
    entry.state = EnteredBallot.State.TAKEN_BACK
    entry.save(update_fields=["state"])
    note(vote.meeting, "withdraw_ballot", by=by, at=at, about=vote, data=_told(entry))
    patch, gone = vote_patch(vote), {str(entry.public_id): None}

    def told(view: str) -> dict[str, object]:
        lines = dict(patch(view)["votes"])
        key = str(vote.public_id)
        if lines[key] and lines[key]["entries"] is not None:
            lines[key] = {**lines[key], "entries": {**lines[key]["entries"], **gone}}
        return {"votes": lines}

    announce(vote.meeting, "ballot.withdrawn", told, by=by, at=at)
    close_if_overdue(vote, at)
