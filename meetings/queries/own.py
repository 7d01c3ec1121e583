"""What concerns a person's units: meetings they take part in or prepare, and how much their staff may know of them."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from ledger.verdict import Unseen
from meetings.models import Duty, Meeting, Participant, UnitInvitation
from meetings.queries.visible import own_agencies, visible_meetings
from people import queries as people_queries
from people.models import Agency, Post, User


def staff_of(agencies: Collection[int]) -> QuerySet[Post, Any]:
    """Return the people who hold a post in these agencies today, for a subquery."""
    return people_queries.staff_of(agencies).values("user")


def with_people_of(agencies: Collection[int]) -> Q:
    """Return the filter for meetings in which a unit takes part: invited as such, or through one of its people."""
    invited = UnitInvitation.objects.filter(agency_id__in=agencies, removed_at__isnull=True)
    places = Participant.objects.filter(meeting=OuterRef("pk"), removed_at__isnull=True, user__in=staff_of(agencies))
    return Q(pk__in=invited.values("meeting")) | Q(Exists(places))


def unit_meetings(user: User, agencies: Collection[int] | None = None) -> QuerySet[Meeting]:
    """Return the published meetings that units of the person take part in; the units are those whose office they keep.

    Time, place, chair and the unit's own people are all that is shown of one that is not visible otherwise.
    """
    units = own_agencies(user)
    wanted = units if agencies is None else [agency for agency in agencies if agency in units]
    if not wanted:
        return Meeting.objects.none()
    return Meeting.objects.filter(with_people_of(wanted), published_at__isnull=False)


def listed_meetings(user: User) -> QuerySet[Meeting]:
    """Return every meeting a list may name to the person: those visible, and those of the person's units."""
    units = own_agencies(user)
    if not units:
        return visible_meetings(user)
    of_units = with_people_of(units) & Q(published_at__isnull=False)
    return Meeting.objects.filter(Q(pk__in=visible_meetings(user).order_by().values("pk")) | of_units)


def get_listed_meeting(user: User, public_id: UUID) -> Meeting:
    """Return one meeting that may be named to the person, or raise Unseen; a duty names it before it is published."""
    named = Q(pk__in=listed_meetings(user).values("pk")) | Q(pk__in=prepared_by_units(user).values("pk"))
    meetings = Meeting.objects.select_related("agency", "room", "chairing_unit")
    found = meetings.filter(named, public_id=public_id).first()
    if found is None:
        raise Unseen
    return found


def prepared_by_units(user: User) -> QuerySet[Meeting]:
    """Return the meetings for which a unit of the person has papers to prepare."""
    duties = Duty.objects.filter(agency_id__in=own_agencies(user), waived_at__isnull=True)
    return Meeting.objects.filter(pk__in=duties.values("item__meeting")).exclude(state__in=("cancelled", "discarded"))


def people_from(meeting: Meeting, agencies: Collection[int]) -> QuerySet[Participant]:
    """Return the meeting's participants who come from these units, and its chair."""
    own = Q(user__in=staff_of(agencies)) | Q(unit__agency_id__in=agencies) | Q(role=Participant.Role.CHAIR)
    places = meeting.participants.filter(own, removed_at__isnull=True).select_related("user", "unit__agency")
    return places.order_by("user__sort_key", "pk")


def visible_among(user: User, meetings: Collection[Meeting]) -> set[int]:
    """Return which of these meetings the person may open; of the others only what their unit needs is shown."""
    return set(visible_meetings(user).filter(pk__in=[one.pk for one in meetings]).values_list("pk", flat=True))


def chaired_by(agency: Agency) -> Q:
    """Return the filter for meetings this unit chairs: named as such, or the owner where none is named."""
    return Q(chairing_unit=agency) | Q(chairing_unit__isnull=True, agency=agency)


def chairing_units(meetings: QuerySet[Meeting]) -> QuerySet[Agency]:
    """Return the units that chair any of these meetings, by name."""
    rows = meetings.order_by()
    named = rows.filter(chairing_unit__isnull=False).values("chairing_unit")
    owners = rows.filter(chairing_unit__isnull=True).values("agency")
    return people_queries.every_agency().filter(Q(pk__in=named) | Q(pk__in=owners)).order_by("name")
