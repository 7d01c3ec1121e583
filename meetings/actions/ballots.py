"""Casting: ballots that arrive together are committed together, each judged and recorded for itself."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count

from ledger.door import action, nothing_changed
from ledger.verdict import YES, Verdict, first_no, no
from meetings.models import Ballot, Participant, RollEntry, Vote
from meetings.patches import Patch, announce, tell
from meetings.records import locked_vote, note
from meetings.rules.voting import is_choice, may_cast
from meetings.snapshot.views import GUEST
from meetings.snapshot.votes import ballot_data, sees_counts
from people.models import User
from search.fold import composed


@dataclass(frozen=True)
class Cast:
    """What one device sent: whose choice, received when, under which id of the device."""

    user: User
    choice: str
    at: datetime
    remark: str = ""
    client_id: UUID | None = None


@dataclass(frozen=True)
class Place:
    """One entitled person: the participant, whether present when the vote opened, and the ballot already there."""

    participant: Participant
    on_time: bool
    ballot: Ballot | None


@action
def cast_together(vote: Vote, *, casts: Sequence[Cast], by: User | None, at: datetime) -> list[Verdict]:
    """Take the ballots of one vote in one transaction; the answers stand in the order of `casts`.

    The vote's lock is the one closing takes. A ballot that is refused is only refused itself. `by` is whoever the
    event names: nobody when several people vote at once, because every record names its own voter.
    """
    vote = locked_vote(vote)
    places = _places(vote, {cast.user.pk for cast in casts})
    answers: list[Verdict] = []
    taken: dict[int, Ballot] = {}
    for cast in casts:
        place = places.get(cast.user.pk)
        answer = _judge(vote, cast, place, taken.get(cast.user.pk))
        answers.append(answer)
        if answer and place and place.ballot is None and cast.user.pk not in taken:
            taken[cast.user.pk] = _ballot(vote, cast, place)
    if not taken:
        nothing_changed()
        return answers
    Ballot.objects.bulk_create(taken.values(), ignore_conflicts=True)
    _leave_traces(vote, [cast for cast in casts if cast.user.pk in taken], places, taken, by=by, at=at)
    return answers


def _places(vote: Vote, user_ids: Iterable[int]) -> dict[int, Place]:
    """Return the frozen roll's entries of these people; who lost account, place or vote meanwhile has none."""
    roll = RollEntry.objects.filter(vote=vote, participant__user__in=user_ids, participant__user__is_active=True)
    entitled = roll.filter(participant__removed_at__isnull=True, participant__votes=True)
    entries = entitled.select_related("participant")
    given = {ballot.participant_id: ballot for ballot in vote.ballots.filter(participant__user__in=user_ids)}
    return {
        entry.participant.user_id: Place(entry.participant, entry.present, given.get(entry.participant_id))
        for entry in entries
    }


def _judge(vote: Vote, cast: Cast, place: Place | None, earlier: Ballot | None) -> Verdict:
    """Say whether the choice counts; the choice counted before counts again as the same, even after closing."""
    before = earlier or (place.ballot if place else None)
    if before is not None:
        return YES if before.choice == cast.choice else no("already_voted")
    participant = place.participant if place else None
    return first_no(may_cast(vote, participant, on_roll=place is not None), is_choice(vote, cast.choice))


def _ballot(vote: Vote, cast: Cast, place: Place) -> Ballot:
    """Return the unsaved ballot."""
    return Ballot(
        vote=vote,
        participant=place.participant,
        choice=cast.choice,
        remark=composed(cast.remark).strip()[:1000],
        cast_at=cast.at,
        client_id=cast.client_id,
    )


def _leave_traces(
    vote: Vote,
    casts: Sequence[Cast],
    places: dict[int, Place],
    taken: dict[int, Ballot],
    *,
    by: User | None,
    at: datetime,
) -> None:
    """Record every ballot for its own voter, tell the room once and each voter in private."""
    told: set[int] = set()
    for cast in casts:
        if cast.user.pk in told:
            continue
        told.add(cast.user.pk)
        ballot, place = taken[cast.user.pk], places[cast.user.pk]
        late = {} if place.on_time else {"late": True}
        data = {"person": str(place.participant.public_id), "choice": ballot.choice, **late}
        note(vote.meeting, "cast", by=cast.user, at=cast.at, about=vote, data=data)
        patch = {"ballots": {str(vote.public_id): ballot_data(ballot)}}
        tell(vote.meeting, cast.user, "ballot.counted", patch, by=cast.user, at=cast.at)
    people = [str(places[user_id].participant.public_id) for user_id in taken]
    _announce(vote, people, by=by, at=at)


def _announce(vote: Vote, people: Sequence[str], *, by: User | None, at: datetime) -> None:
    """Publish how far the vote is: who has voted, and the counts to those whom the rule lets see them."""
    found = dict(vote.ballots.order_by().values_list("choice").annotate(Count("pk")))
    counts = {option["code"]: found.get(option["code"], 0) for option in vote.options}

    def patch(view: str) -> Patch:
        shown: dict[str, object] = {"cast": sum(counts.values())}
        shown |= {} if view == GUEST else {"voted": dict.fromkeys(people, True)}
        shown |= {"counts": counts} if sees_counts(vote, view) else {}
        return {"votes": {str(vote.public_id): shown}}

    announce(vote.meeting, "vote.cast", patch, by=by, at=at)
