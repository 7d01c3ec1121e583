"""Reading meetings: what exists for a person, calendar lists, and what the room is made of."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from ledger.days import legal_day
from ledger.verdict import Refused, Unseen
from meetings.counting import Roll
from meetings.kinds import Kind, kind_on
from meetings.models import AgendaItem, Conclusion, Meeting, Paper, Participant, RollEntry, Vote
from meetings.quorum import Quorum, quorum
from meetings.rights import PREPARE
from meetings.rules import CONDUCTING, OFFICE_RIGHTS, participation
from people.models import User
from people.queries import agencies_with_right

PRESENT = Q(checked_in_at__isnull=False, left_at__isnull=True)


def own_agencies(user: User) -> list[int]:
    """Return the agencies whose meetings the person sees by office: those they prepare or approve meetings of."""
    return sorted({agency for right in OFFICE_RIGHTS.values() for agency in agencies_with_right(user, right)})


def taking_part(user: User) -> QuerySet[Participant]:
    """Return the person's places in the outer query's meeting."""
    return Participant.objects.filter(meeting=OuterRef("pk"), user=user, removed_at__isnull=True)


def visible_meetings(user: User) -> QuerySet[Meeting]:
    """Return the meetings that exist for the person: of the own agency by post, or taken part in once published."""
    mine = taking_part(user)
    return Meeting.objects.filter(
        Q(agency_id__in=own_agencies(user))
        | Exists(mine.filter(role__in=CONDUCTING))
        | Q(Exists(mine), published_at__isnull=False)
    ).select_related("agency")


def get_visible_meeting(user: User, public_id: UUID) -> Meeting:
    """Return one meeting that exists for the person, or raise Unseen."""
    meeting = visible_meetings(user).filter(public_id=public_id).first()
    if meeting is None:
        raise Unseen
    return meeting


def visible_items(user: User, meeting: Meeting) -> QuerySet[AgendaItem]:
    """Return the agenda of a meeting that exists for the person."""
    return AgendaItem.objects.filter(meeting=meeting, meeting__in=visible_meetings(user))


def get_visible_item(user: User, meeting: Meeting, public_id: UUID) -> AgendaItem:
    """Return one item of this very meeting, or raise Unseen."""
    item = visible_items(user, meeting).select_related("meeting__agency").filter(public_id=public_id).first()
    if item is None:
        raise Unseen
    return item


def visible_papers(user: User, meeting: Meeting) -> QuerySet[Paper]:
    """Return the papers laid before the meeting that the person may read; guests see those open to guests."""
    papers = Paper.objects.filter(item__meeting=meeting, item__meeting__in=visible_meetings(user), state="laid")
    guest_only = (
        meeting.agency_id not in own_agencies(user)
        and not Participant.objects.filter(meeting=meeting, user=user, removed_at__isnull=True)
        .exclude(role=Participant.Role.GUEST)
        .exists()
    )
    return papers.filter(guests_may_read=True) if guest_only else papers


def get_visible_paper(user: User, meeting: Meeting, public_id: UUID) -> Paper:
    """Return one paper of this very meeting, or raise Unseen."""
    papers = visible_papers(user, meeting).select_related("item__meeting__agency", "document")
    paper = papers.filter(public_id=public_id).first()
    if paper is None:
        raise Unseen
    return paper


def get_visible_place(user: User, meeting: Meeting, public_id: UUID) -> Participant:
    """Return one participant of this very meeting, or raise Unseen."""
    places = roll_of(meeting).filter(meeting__in=visible_meetings(user)).select_related("meeting__agency")
    place = places.filter(public_id=public_id).first()
    if place is None:
        raise Unseen
    return place


def get_visible_vote(user: User, meeting: Meeting, public_id: UUID) -> Vote:
    """Return one vote of this very meeting, or raise Unseen."""
    votes = Vote.objects.filter(meeting=meeting, meeting__in=visible_meetings(user)).exclude(state="dropped")
    vote = votes.select_related("meeting__agency", "item").filter(public_id=public_id).first()
    if vote is None:
        raise Unseen
    return vote


def get_visible_conclusion(user: User, meeting: Meeting, public_id: UUID) -> Conclusion:
    """Return one conclusion of this very meeting, or raise Unseen."""
    found = Conclusion.objects.filter(meeting=meeting, meeting__in=visible_meetings(user), public_id=public_id)
    conclusion = found.select_related("meeting__agency").first()
    if conclusion is None:
        raise Unseen
    return conclusion


def roll_of(meeting: Meeting) -> QuerySet[Participant]:
    """Return who takes part, chair first, then by seat and given name; removed people are left out."""
    return meeting.participants.filter(removed_at__isnull=True).select_related("user").order_by("user__sort_key", "pk")


def shown_people(meeting: Meeting) -> QuerySet[Participant]:
    """Return who takes part, and those removed whom the record names: they were in the room, or on a vote's roll."""
    on_roll = Exists(RollEntry.objects.filter(participant=OuterRef("pk")))
    known = Q(removed_at__isnull=True) | Q(checked_in_at__isnull=False) | on_roll
    return meeting.participants.filter(known).select_related("user")


def is_shown(place: Participant) -> bool:
    """Is this one of the people the room shows?"""
    return place.removed_at is None or shown_people(place.meeting).filter(pk=place.pk).exists()


def voters_of(meeting: Meeting) -> QuerySet[Participant]:
    """Return the members who have a vote."""
    return meeting.participants.filter(removed_at__isnull=True, votes=True)


def quorum_of(meeting: Meeting) -> Quorum:
    """Return how many voting members there are, how many are in the room, and how many must be."""
    found = voters_of(meeting).aggregate(members=Count("pk"), present=Count("pk", filter=PRESENT))
    return quorum(found["members"], found["present"], rules_for(meeting).quorum_share)


def rules_for(meeting: Meeting) -> Kind:
    """Return the dated rules of the meeting's kind, or refuse."""
    kind = kind_on(meeting.kind, legal_day(meeting.starts_at))
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
    """Return the papers with their documents and versions fetched along."""
    return papers.select_related("document", "item").prefetch_related("document__versions")


def papers_of(meetings: Iterable[Meeting]) -> QuerySet[Paper]:
    """Return the papers laid before these meetings, in agenda order."""
    laid = Paper.objects.filter(item__meeting__in=list(meetings), state="laid")
    return with_versions(laid).order_by("item__position", "position", "pk")


def audiences(user: User) -> list[str]:
    """Return the reading audiences a person has from meetings: `meeting:<pk>` or `meeting:<pk>:guests`."""
    places = Participant.objects.filter(
        Q(meeting__published_at__isnull=False) | Q(role__in=CONDUCTING), user=user, removed_at__isnull=True
    )
    keys: list[str] = []
    for meeting_id, role in places.values_list("meeting_id", "role"):
        keys += [] if role == Participant.Role.GUEST else [f"meeting:{meeting_id}"]
        keys.append(f"meeting:{meeting_id}:guests")
    return keys


def day_bounds(day: date) -> tuple[datetime, datetime]:
    """Return the first instant of a legal day and of the next one."""
    start = timezone.make_aware(datetime.combine(day, time.min))
    return start, start + timedelta(days=1)


def meetings_today(user: User, day: date) -> QuerySet[Meeting]:
    """Return what is on that day for the person, earliest first; a meeting still open counts."""
    start, end = day_bounds(day)
    on_day = Q(starts_at__lt=end, ends_at__gte=start)
    return visible_meetings(user).filter(on_day | Q(state="open")).exclude(state="cancelled").order_by("starts_at")


def upcoming_meetings(user: User, now: datetime) -> QuerySet[Meeting]:
    """Return meetings that have not ended yet, earliest first."""
    coming = Q(ends_at__gte=now) | Q(state="open")
    return visible_meetings(user).filter(coming).exclude(state__in=("closed", "cancelled")).order_by("starts_at")


def past_meetings(user: User, now: datetime) -> QuerySet[Meeting]:
    """Return meetings that are over, latest first."""
    over = Q(ends_at__lt=now) | Q(state__in=("closed", "cancelled"))
    return visible_meetings(user).filter(over).exclude(state="open").order_by("-starts_at")


def clerk_agencies(user: User) -> list[int]:
    """Return the agencies whose meetings the person prepares."""
    return agencies_with_right(user, PREPARE)


def prepared_by_me(user: User) -> QuerySet[Meeting]:
    """Return meetings of the agencies the person is clerk of that still need work."""
    preparing = visible_meetings(user).filter(state__in=("draft", "returned", "submitted"))
    return preparing.filter(agency_id__in=clerk_agencies(user)).order_by("starts_at")
