"""What exists for a person: meetings and what hangs on them; reading audiences."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from ledger.verdict import Unseen
from meetings.models import AgendaItem, Conclusion, Group, Meeting, Paper, Participant, Site, UnitInvitation, Vote
from meetings.queries.room import roll_of
from meetings.rights import ANSWER
from meetings.rules.meeting import CONDUCTING, OFFICE_RIGHTS
from people.models import User
from people.queries import agencies_with_right


def own_agencies(user: User) -> list[int]:
    """Return the agencies whose meetings the person sees by office: those they prepare or approve meetings of."""
    return sorted({agency for right in OFFICE_RIGHTS.values() for agency in agencies_with_right(user, right)})


def taking_part(user: User) -> QuerySet[Participant]:
    """Return the person's places in the outer query's meeting."""
    return Participant.objects.filter(meeting=OuterRef("pk"), user=user, removed_at__isnull=True)


def units_taking_part(user: User) -> QuerySet[UnitInvitation]:
    """Return the invitations of units the person answers for, where the unit has named somebody."""
    named = Participant.objects.filter(unit=OuterRef("pk"), removed_at__isnull=True)
    mine = UnitInvitation.objects.filter(agency_id__in=agencies_with_right(user, ANSWER), removed_at__isnull=True)
    return mine.filter(Exists(named))


def visible_meetings(user: User) -> QuerySet[Meeting]:
    """Return the meetings that exist for the person: of the own agency, or taken part in (by a unit too) once out."""
    mine = taking_part(user)
    return (
        Meeting.objects.exclude(state="discarded")
        .filter(
            Q(agency_id__in=own_agencies(user), rehearsal=False)
            | Exists(mine.filter(role__in=CONDUCTING))
            | Q(Exists(mine), published_at__isnull=False)
            | Q(pk__in=units_taking_part(user).values("meeting"), published_at__isnull=False)
        )
        .select_related("agency", "kind_row", "room")
    )


def get_visible_meeting(user: User, public_id: UUID) -> Meeting:
    """Return one meeting that exists for the person, or raise Unseen."""
    meeting = visible_meetings(user).filter(public_id=public_id).first()
    if meeting is None:
        raise Unseen
    return meeting


def visible_items(user: User, meeting: Meeting) -> QuerySet[AgendaItem]:
    """Return the agenda of a meeting that exists for the person; hidden items are for those who prepare it."""
    items = AgendaItem.objects.filter(meeting=meeting, meeting__in=visible_meetings(user))
    return items if sees_hidden(user, meeting) else items.filter(hidden=False)


def sees_hidden(user: User, meeting: Meeting) -> bool:
    """Do hidden items exist for the person: by office in the agency, or as chair or secretary?"""
    conducts = Participant.objects.filter(meeting=meeting, user=user, removed_at__isnull=True, role__in=CONDUCTING)
    return meeting.agency_id in own_agencies(user) or conducts.exists()


def get_visible_item(user: User, meeting: Meeting, public_id: UUID) -> AgendaItem:
    """Return one item of this very meeting, or raise Unseen."""
    item = visible_items(user, meeting).select_related("meeting__agency").filter(public_id=public_id).first()
    if item is None:
        raise Unseen
    return item


def visible_papers(user: User, meeting: Meeting) -> QuerySet[Paper]:
    """Return the papers laid before the meeting that the person may read."""
    papers = Paper.objects.filter(item__meeting=meeting, item__meeting__in=visible_meetings(user), state="laid")
    place = Participant.objects.filter(meeting=meeting, user=user, removed_at__isnull=True).first()
    if meeting.agency_id in own_agencies(user) or (place is not None and place.role in CONDUCTING):
        return papers
    chosen = Group.papers.through.objects.filter(paper=OuterRef("pk"))
    mine = chosen.filter(group__people__user=user, group__people__removed_at__isnull=True)
    for_all = Q(guests_may_read=True) if place is None or place.role == Participant.Role.GUEST else Q()
    return papers.filter(Q(Exists(mine)) | for_all & ~Exists(chosen), item__hidden=False)


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


def get_visible_site(user: User, meeting: Meeting, public_id: UUID) -> Site:
    """Return one site of this very meeting, a removed one too, or raise Unseen."""
    sites = Site.objects.filter(meeting=meeting, meeting__in=visible_meetings(user)).select_related("meeting__agency")
    site = sites.filter(public_id=public_id).first()
    if site is None:
        raise Unseen
    return site


def get_visible_vote(user: User, meeting: Meeting, public_id: UUID) -> Vote:
    """Return one vote of this very meeting, or raise Unseen."""
    votes = Vote.objects.filter(meeting=meeting, meeting__in=visible_meetings(user)).exclude(state="dropped")
    vote = votes.select_related("meeting__agency", "item").filter(public_id=public_id).first()
    if vote is None or (vote.item.hidden and not sees_hidden(user, meeting)):
        raise Unseen
    return vote


def get_visible_conclusion(user: User, meeting: Meeting, public_id: UUID) -> Conclusion:
    """Return one conclusion of this very meeting, or raise Unseen."""
    found = Conclusion.objects.filter(meeting=meeting, meeting__in=visible_meetings(user), public_id=public_id)
    conclusion = found.select_related("meeting__agency", "item").first()
    if conclusion is None or (conclusion.item and conclusion.item.hidden and not sees_hidden(user, meeting)):
        raise Unseen
    return conclusion


def audiences(user: User) -> list[str]:
    """Return the reading audiences a person has from meetings; `meetings/audiences.py` names them."""
    places = Participant.objects.filter(
        Q(meeting__published_at__isnull=False) | Q(role__in=CONDUCTING), user=user, removed_at__isnull=True
    )
    keys: list[str] = []
    for meeting_id, role, group in places.values_list("meeting_id", "role", "groups__pk"):
        keys += [] if role == Participant.Role.GUEST else [f"meeting:{meeting_id}"]
        keys.append(f"meeting:{meeting_id}:guests")
        keys += [f"meeting:{meeting_id}:chair"] if role in CONDUCTING else []
        keys += [f"meeting:{meeting_id}:group:{group}"] if group else []
    if agencies_with_right(user, ANSWER):
        units = units_taking_part(user).filter(meeting__published_at__isnull=False)
        keys += [f"meeting:{meeting_id}:guests" for meeting_id in units.values_list("meeting_id", flat=True)]
    return list(dict.fromkeys(keys))
