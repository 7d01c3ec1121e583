"""What is one person's alone."""

from meetings.models import Ballot, Meeting, Participant
from meetings.snapshot.calls import own_calls
from meetings.snapshot.opinions import own_opinions
from meetings.snapshot.papers import own_papers
from meetings.snapshot.speaking import own_refusals
from meetings.snapshot.views import Data, view_of, without_nulls
from meetings.snapshot.votes import ballot_data
from people.models import User


def me_data(place: Participant) -> Data:
    """Return what a person is in the room."""
    return {"person": str(place.public_id), "role": place.role, "votes": place.votes, "view": view_of(place)}


def first_snapshot(place: Participant) -> Data:
    """Return what is the person's alone who has never had a place here before."""
    me: Data = without_nulls(me_data(place))
    return {"me": me, "ballots": {}, "papers": {}, "opinions": {}, "refusals": {}, "calls": {}}


def personal_snapshot(meeting: Meeting, user: User) -> Data:
    """Return what is this person's alone: their place, their ballots, papers for their groups."""
    place = meeting.participants.filter(user=user, removed_at__isnull=True).first()
    if place is None:
        return {}
    mine = Ballot.objects.filter(vote__meeting=meeting, participant=place).select_related("vote")
    ballots = {str(ballot.vote.public_id): ballot_data(ballot) for ballot in mine}
    papers, opinions = own_papers(meeting, user), own_opinions(meeting, user)
    state = {
        "me": me_data(place),
        "ballots": ballots,
        "papers": papers,
        "opinions": opinions,
        "refusals": own_refusals(meeting, place),
        "calls": own_calls(meeting, place),
    }
    cleaned: Data = without_nulls(state)
    return cleaned
