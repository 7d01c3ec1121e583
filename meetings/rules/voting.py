"""Questions about votes and ballots."""

from ledger.verdict import YES, Verdict, first_no, no
from meetings.models import Meeting, Participant, Vote
from meetings.quorum import Quorum
from meetings.rules.meeting import may_in, participation, roles_of
from meetings.rules.people import is_present
from meetings.workflow import MEETING, MEETING_VERB, VOTE
from people.models import User


def may_with_vote(user: User, vote: Vote, verb: str) -> Verdict:
    """May the person prepare, open or close this vote now?"""
    roles = roles_of(user, vote.meeting, participation(user, vote.meeting))
    return first_no(
        may_in(VOTE, vote.state, verb, roles), may_in(MEETING, vote.meeting.state, MEETING_VERB[verb], roles)
    )


def no_vote_open(meeting: Meeting, code: str = "vote_still_open") -> Verdict:
    """Is no vote running?"""
    return no(code) if meeting.votes.filter(state="open").exists() else YES


def can_decide(quorum: Quorum) -> Verdict:
    """Are there voters, and enough of them in the room?"""
    if not quorum.members:
        return no("no_voters")
    return YES if quorum.met else no("quorum_missing", present=quorum.present, needed=quorum.needed)


def is_running(vote: Vote) -> Verdict:
    """Are ballots taken now?"""
    if vote.state == "open" and vote.meeting.state == "open":
        return YES
    return no("vote_closed" if vote.state == "closed" else "vote_not_open")


def may_cast(vote: Vote, place: Participant | None, *, on_roll: bool) -> Verdict:
    """May this participant give a ballot now: running, on the frozen roll, and in the room?"""
    if place is None or place.removed_at is not None or not on_roll:
        return no("not_on_roll")
    return first_no(is_running(vote), YES if is_present(place) else no("check_in_first"))


def is_choice(vote: Vote, choice: str) -> Verdict:
    """Is this one of the vote's options?"""
    return YES if any(option["code"] == choice for option in vote.options) else no("no_such_option")
