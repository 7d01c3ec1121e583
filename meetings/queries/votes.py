"""What stands behind the votes of a room: ballots, what was entered by name, who missed one."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery

from ledger.verdict import Unseen
from meetings.models import Ballot, EnteredBallot, Meeting, Participant, RollEntry, Vote
from meetings.queries.visible import get_visible_vote
from people.models import User

# While a vote stands like this, who was there and gave no ballot is known and may still matter.
MISSABLE = ("closed", "declared")
RECORDED = ("declared", "annulled")


@dataclass
class Inside:
    """What one vote holds: ballots, entries that were not taken back, and who was present and did not answer."""

    ballots: list[Ballot] = field(default_factory=list)
    entries: list[EnteredBallot] = field(default_factory=list)
    missed: list[UUID] = field(default_factory=list)


def shown_votes(meeting: Meeting) -> QuerySet[Vote]:
    """Return the votes of the meeting, dropped ones left out."""
    return meeting.votes.exclude(state="dropped").select_related("item", "replaces")


def recorded_votes(meeting: Meeting) -> QuerySet[Vote]:
    """Return the votes whose result was declared, and those annulled: what the record of a meeting tells."""
    return meeting.votes.filter(state__in=RECORDED).select_related("item", "replaces")


def by_name_in(votes: Iterable[Vote]) -> dict[int, dict[str, int]]:
    """Return how many ballots of each vote were raised hands or on paper."""
    found: dict[int, dict[str, int]] = defaultdict(dict)
    entered = Ballot.objects.filter(vote__in=list(votes)).exclude(manner=Ballot.Manner.DEVICE).order_by()
    for vote_id, manner, count in entered.values_list("vote", "manner").annotate(Count("pk")):
        found[vote_id][manner] = count
    return found


def inside_of(votes: Iterable[Vote]) -> dict[int, Inside]:
    """Return what these votes hold, by vote; three queries however many they are."""
    keys = [vote.pk for vote in votes]
    found = {key: Inside() for key in keys}
    for ballot in Ballot.objects.filter(vote__in=keys).select_related("participant").order_by("pk"):
        found[ballot.vote_id].ballots.append(ballot)
    for entry in standing_entries(keys):
        found[entry.vote_id].entries.append(entry)
    for vote_id, person in missed_in(keys):
        found[vote_id].missed.append(person)
    return found


def standing_entries(votes: Sequence[int]) -> QuerySet[EnteredBallot]:
    """Return what was entered by name and not taken back, with the places of who entered and confirmed it."""
    entries = EnteredBallot.objects.filter(vote__in=votes).exclude(state=EnteredBallot.State.TAKEN_BACK)
    named = entries.annotate(
        entered_at_place=place_of_user("entered_by"), confirmed_at_place=place_of_user("confirmed_by")
    )
    return named.select_related("participant", "vote").order_by("pk")


def place_of_user(name: str) -> Subquery:
    """Return the public id of that user's place in the entry's meeting."""
    places = Participant.objects.filter(meeting=OuterRef("vote__meeting"), user=OuterRef(name))
    return Subquery(places.values("public_id")[:1])


def missed_in(votes: Sequence[int]) -> Iterable[tuple[int, UUID]]:
    """Return who was present when one of these votes opened, and has no ballot in it now that it is over."""
    given = Ballot.objects.filter(vote=OuterRef("vote"), participant=OuterRef("participant"))
    rows = RollEntry.objects.filter(~Exists(given), vote__in=votes, vote__state__in=MISSABLE, present=True)
    return rows.order_by("pk").values_list("vote_id", "participant__public_id")


def get_visible_entry(user: User, meeting: Meeting, public_id: UUID) -> EnteredBallot:
    """Return one ballot entered by name, for whoever sees its vote; or raise Unseen."""
    entries = EnteredBallot.objects.filter(vote__meeting=meeting).select_related("vote", "participant__user")
    entry = entries.filter(public_id=public_id).first()
    if entry is None:
        raise Unseen
    get_visible_vote(user, meeting, entry.vote.public_id)
    return entry
