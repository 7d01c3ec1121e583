"""What exists for a person: meetings and what hangs on them; reading audiences."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from ledger.verdict import Unseen
from meetings.models import AgendaItem, Conclusion, Meeting, Paper, Participant, Vote
from meetings.queries.room import roll_of
from meetings.rules.meeting import CONDUCTING, OFFICE_RIGHTS
from people.models import User
from people.queries import agencies_with_right


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
