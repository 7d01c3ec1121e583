"""What a room is made of: who is on the roll, quorum, papers, the rules of its kind."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from ledger.verdict import Refused
from meetings.counting import Roll
from meetings.kinds import Kind, share_of
from meetings.models import AgendaItem, Group, Meeting, Paper, Participant, RollEntry, Vote
from meetings.outline import labels
from meetings.queries.kinds import kind_of
from meetings.quorum import Quorum, quorum
from meetings.rules.meeting import CONDUCTING, participation
from meetings.rules.people import is_present
from people.models import User

PRESENT = Q(checked_in_at__isnull=False, left_at__isnull=True)
PERSON_WITH = ("user", "stands_in_for", "site", "unit__agency")


def roll_of(meeting: Meeting) -> QuerySet[Participant]:
    """Return who takes part, chair first, then by seat and given name; removed people are left out."""
    people = meeting.participants.filter(removed_at__isnull=True).select_related(*PERSON_WITH)
    return people.order_by("user__sort_key", "pk")


def shown_people(meeting: Meeting) -> QuerySet[Participant]:
    """Return who takes part, and those removed whom the record names: they were in the room, or on a vote's roll."""
    on_roll = Exists(RollEntry.objects.filter(participant=OuterRef("pk")))
    known = Q(removed_at__isnull=True) | Q(checked_in_at__isnull=False) | on_roll
    return meeting.participants.filter(known).select_related(*PERSON_WITH)


def is_shown(place: Participant) -> bool:
    """Is this one of the people the room shows?"""
    return place.removed_at is None or shown_people(place.meeting).filter(pk=place.pk).exists()


def called(item: AgendaItem) -> dict[str, Any]:
    """Return what the record keeps of a shown item the room comes to: which, and its number as members see it."""
    shown = list(item.meeting.items.filter(hidden=False).values_list("pk", "depth"))
    place = next(place for place, (key, _depth) in enumerate(shown) if key == item.pk)
    label = labels([depth for _key, depth in shown])[place]
    return {"id": str(item.public_id), "position": place + 1, "label": label, "title": item.title}


def voters_of(meeting: Meeting) -> QuerySet[Participant]:
    """Return the members who have a vote."""
    return meeting.participants.filter(removed_at__isnull=True, votes=True)


def entitled_in(vote: Vote) -> QuerySet[Participant]:
    """Return who votes on this question: everybody with a vote, or, where its rule says so, the plain members."""
    voters = voters_of(vote.meeting)
    return voters.exclude(role__in=CONDUCTING) if vote.rule.get("who") == "members" else voters


def counts_as_present(place: Participant, rules: Kind) -> bool:
    """Is the person here in a way that the kind of meeting counts, for quorum and base alike?"""
    return is_present(place) and place.attends in rules.quorum_counts.ways


def quorum_of(meeting: Meeting) -> Quorum:
    """Return how many voting members there are, how many are in the room, and how many must be."""
    rules = rules_for(meeting)
    return _quorum(voters_of(meeting), rules, rules.quorum_share)


def quorum_for(vote: Vote) -> Quorum:
    """Return the quorum this question needs among those entitled to it: its rule's own share, or the meeting's."""
    rules = rules_for(vote.meeting)
    return _quorum(entitled_in(vote), rules, share_of(vote.rule.get("quorum", {})) or rules.quorum_share)


def _quorum(voters: QuerySet[Participant], rules: Kind, share: tuple[int, int] | None) -> Quorum:
    """Return the quorum of these people."""
    here = PRESENT & Q(attends__in=rules.quorum_counts.ways)
    found = voters.aggregate(members=Count("pk"), present=Count("pk", filter=here))
    return quorum(found["members"], found["present"], share)


def rules_for(meeting: Meeting) -> Kind:
    """Return the dated rules of the meeting's kind, or refuse."""
    kind = kind_of(meeting)
    if kind is None:
        raise Refused("kind_unknown")
    return kind


def frozen_rule(meeting: Meeting, code: str) -> dict[str, Any]:
    """Return the voting rule to copy into a vote, or refuse."""
    rule = rules_for(meeting).frozen_rule(code)
    if rule is None:
        raise Refused("rule_unknown")
    return rule


def roll_counts(vote: Vote) -> Roll:
    """Return the frozen roll in numbers; who came after the opening and answered counts as late."""
    entries = list(vote.roll.values_list("participant_id", "present"))
    here = {participant for participant, present in entries if present}
    answered = set(vote.ballots.values_list("participant_id", flat=True))
    return Roll(members=len(entries), present=len(here), late=len(answered - here))


def place_of(user: User, meeting: Meeting) -> Participant:
    """Return the person's own place in the meeting, or refuse."""
    place = participation(user, meeting)
    if place is None:
        raise Refused("not_a_participant")
    return place


def with_versions(papers: QuerySet[Paper]) -> QuerySet[Paper]:
    """Return the papers with their documents, versions and groups fetched along."""
    return papers.select_related("document", "item").prefetch_related("document__versions", "groups")


def papers_of(meetings: Iterable[Meeting]) -> QuerySet[Paper]:
    """Return the papers laid before these meetings, in agenda order."""
    laid = Paper.objects.filter(item__meeting__in=list(meetings), state="laid")
    return with_versions(laid).order_by("item__position", "position", "pk")


def group_papers(meeting: Meeting, user: User) -> QuerySet[Paper]:
    """Return the papers laid for groups the person is in: no shared view of the room shows them."""
    mine = Group.objects.filter(meeting=meeting, people__user=user, people__removed_at__isnull=True)
    return papers_of([meeting]).filter(item__hidden=False, groups__in=mine).distinct()


def readers_of(paper: Paper) -> QuerySet[Participant]:
    """Return the participants who may read a laid paper."""
    places = paper.item.meeting.participants.filter(removed_at__isnull=True).select_related("user")
    conducting = Q(role__in=CONDUCTING)
    if paper.item.hidden:
        return places.filter(conducting)
    if paper.groups.exists():
        in_group = Group.people.through.objects.filter(participant=OuterRef("pk"), group__papers=paper)
        return places.filter(conducting | Exists(in_group))
    return places if paper.guests_may_read else places.exclude(role=Participant.Role.GUEST)
