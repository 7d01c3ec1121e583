"""Reading units' invitations: those of a meeting, those a person answers for."""

from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from ledger.verdict import Unseen
from meetings.models import Meeting, Participant, UnitInvitation
from meetings.rights import ANSWER
from people.models import Post, User
from people.queries import agencies_with_right, called, ids_below, people_with_right
from people.tree import posts_within

NAMED = Q(people__removed_at__isnull=True, people__isnull=False, people__stands_in_for__isnull=True)


def with_named(units: QuerySet[UnitInvitation]) -> Any:
    """Return the invitations with how many people each unit has named."""
    return units.select_related("meeting__agency", "agency").annotate(named=Count("people", filter=NAMED))


def units_of(meeting: Meeting) -> Any:
    """Return the units invited to a meeting, by name."""
    return with_named(meeting.units.filter(removed_at__isnull=True)).order_by("agency__name", "pk")


def silent_units(meeting: Meeting) -> list[UnitInvitation]:
    """Return the units that have neither named anybody nor declined."""
    return [unit for unit in units_of(meeting).filter(declined_at__isnull=True) if unit.named == 0]


def desk_of(unit: UnitInvitation) -> QuerySet[User]:
    """Return those who answer for the unit."""
    return people_with_right([unit.agency_id], ANSWER)


def visible_units(user: User) -> Any:
    """Return the published invitations of the units a person answers for."""
    mine = UnitInvitation.objects.filter(agency_id__in=agencies_with_right(user, ANSWER), removed_at__isnull=True)
    return with_named(mine.filter(meeting__published_at__isnull=False))


def get_visible_unit(user: User, public_id: UUID) -> UnitInvitation:
    """Return one invitation the person answers for, or `Unseen`."""
    unit: UnitInvitation | None = visible_units(user).filter(public_id=public_id).first()
    if unit is None:
        raise Unseen
    return unit


def candidates(unit: UnitInvitation, text: str = "") -> QuerySet[Post]:
    """Return the posts of the unit and of everything under it whose holders are not invited yet."""
    taken = Participant.objects.filter(meeting=unit.meeting_id, removed_at__isnull=True).values("user")
    posts = posts_within(ids_below([unit.agency_id])).exclude(user__in=taken)
    posts = posts.filter(called(text, "user__name_folded", "title_folded"))
    return posts.order_by("user__sort_key", "pk")
