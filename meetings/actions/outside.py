"""A vote held outside the program (by hand, when tablets fail), recorded with its counts and marked so."""

from datetime import datetime

from ledger.door import action
from ledger.verdict import YES, first_no, no
from meetings.counting import Roll, Tally
from meetings.details import Counted
from meetings.models import Vote
from meetings.patches import announce, vote_patch
from meetings.queries.room import quorum_for
from meetings.quorum import Quorum
from meetings.records import locked, locked_vote, note
from meetings.rules.agenda import is_shown
from meetings.rules.voting import cast_of, is_sound_count, may_with_vote
from meetings.tallying import fix_result
from people.models import User


@action
def record(vote: Vote, *, counted: Counted, by: User, at: datetime) -> Vote:
    """Record a prepared vote as held outside: its counts, how many were present, where and how it was held."""
    locked(vote.meeting)
    vote = locked_vote(vote)
    quorum = quorum_for(vote)
    members = quorum.members
    enough = Quorum(members, counted.present, quorum.needed).met
    first_no(
        may_with_vote(by, vote, "record_outside"),
        is_shown(vote.item),
        YES if members else no("no_voters"),
        is_sound_count(vote, counted, members),
        YES if enough else no("outside_no_quorum", present=counted.present, needed=quorum.needed),
    ).require()
    counts = {option["code"]: counted.counts.get(option["code"], 0) for option in vote.options}
    given = Tally(counts, cast_of(vote, counted))
    fix_result(vote, given, roll=Roll(members, counted.present))
    vote.manner, vote.state, vote.closed_at = Vote.Manner.OUTSIDE, "closed", at
    vote.outside = {"note": counted.note.strip()}
    vote.save(update_fields=["manner", "state", "closed_at", "result", "digest", "outside"])
    data = {"question": vote.question, "counted": vote.result, "note": vote.outside["note"]}
    note(vote.meeting, "record_outside", by=by, at=at, about=vote, data=data, moved=("prepared", "closed"))
    announce(vote.meeting, "vote.closed", vote_patch(vote), by=by, at=at)
    return vote
