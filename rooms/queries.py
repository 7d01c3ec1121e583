"""Reading rooms: which exist for a person, which are free, what stands in them when."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from ledger.verdict import Unseen
from people.models import Agency, User
from people.queries import administered_ids, agencies_with_right, every_agency, ids_above, posts_of
from rooms.models import BookedQuarter, Booking, Room, SeatPlan
from rooms.quarters import quarters, rounded
from rooms.rights import MANAGE


def managed_ids(user: User) -> frozenset[int]:
    """Return the agencies whose rooms the person looks after."""
    return frozenset(agencies_with_right(user, MANAGE)) | administered_ids(user)


def booking_ids(user: User) -> set[int]:
    """Return the agencies whose rooms the person's posts may book: their own and every one above."""
    own = {post.agency_id for post in posts_of(user)}
    return {above for agency_id in own for above in ids_above(agency_id)}


def visible_rooms(user: User) -> QuerySet[Room]:
    """Return the rooms a person may book or looks after, closed ones too."""
    return Room.objects.filter(agency_id__in=booking_ids(user) | managed_ids(user)).select_related("agency")


def get_visible_room(user: User, public_id: UUID) -> Room:
    """Return one room that exists for the person, or raise Unseen."""
    room = visible_rooms(user).filter(public_id=public_id).first()
    if room is None:
        raise Unseen
    return room


def managed_agencies(user: User) -> QuerySet[Agency]:
    """Return the living agencies whose rooms the person looks after."""
    return every_agency().filter(pk__in=managed_ids(user), dissolved_on__isnull=True)


def bookable_rooms(user: User) -> QuerySet[Room]:
    """Return the rooms a person may book for one of their agencies now."""
    return Room.objects.filter(agency_id__in=booking_ids(user), closed_at__isnull=True).select_related("agency")


def get_bookable_room(user: User, public_id: UUID) -> Room:
    """Return one room the person may book, or raise Unseen."""
    room = bookable_rooms(user).filter(public_id=public_id).first()
    if room is None:
        raise Unseen
    return room


def fitting(rooms: QuerySet[Room], people: int = 0, equipment: Iterable[str] = ()) -> QuerySet[Room]:
    """Return the rooms that hold so many people and have all of this."""
    rooms = rooms.filter(Q(capacity__gte=people) | Q(capacity=0)) if people else rooms
    for code in equipment:
        rooms = rooms.filter(equipment__icontains=f'"{code}"')
    return rooms


def clashes(room: Room, starts_at: datetime, ends_at: datetime, *, besides: str = "") -> QuerySet[Booking]:
    """Return what stands in the room in a quarter of this time; `besides` is the subject being moved."""
    begin, end = rounded(starts_at, ends_at)
    found = Booking.objects.filter(room=room, starts_at__lt=end, ends_at__gt=begin)
    return (found.exclude(subject=besides) if besides else found).select_related("agency")


def free_rooms(
    user: User, starts_at: datetime, ends_at: datetime, people: int = 0, equipment: Iterable[str] = ()
) -> QuerySet[Room]:
    """Return the bookable rooms that are free then and fit, the smallest that holds everybody first."""
    span = quarters(starts_at, ends_at)
    taken = BookedQuarter.objects.filter(quarter__gte=span.start, quarter__lt=span.stop).values("room")
    free = fitting(bookable_rooms(user), people, equipment).exclude(pk__in=taken)
    return free.annotate(unknown=Q(capacity=0)).order_by("unknown", "capacity", "name")


def bookings_between(rooms: Collection[Room], starts_at: datetime, ends_at: datetime) -> QuerySet[Booking]:
    """Return what stands in these rooms from start until before the end."""
    found = Booking.objects.filter(room__in=rooms, starts_at__lt=ends_at, ends_at__gt=starts_at)
    return found.select_related("agency", "by").order_by("starts_at", "pk")


def coming_bookings(room: Room, at: datetime) -> QuerySet[Booking]:
    """Return the uses of the room that are not over."""
    return Booking.objects.filter(room=room, ends_at__gt=at, kind=Booking.Kind.USE).select_related("agency")


def get_visible_booking(user: User, public_id: UUID) -> Booking:
    """Return one booking of a room that exists for the person, or raise Unseen."""
    found = Booking.objects.filter(public_id=public_id, room__in=visible_rooms(user))
    booking = found.select_related("room__agency", "agency", "by").first()
    if booking is None:
        raise Unseen
    return booking


def booking_of(subject: str) -> Booking | None:
    """Return the booking made for this, if there is one."""
    return Booking.objects.filter(subject=subject).select_related("room").first()


def with_plans(rooms: QuerySet[Room]) -> QuerySet[Room]:
    """Return the rooms with the names of their plans fetched along."""
    return rooms.prefetch_related(Prefetch("plans", queryset=SeatPlan.objects.defer("layout")))


def plans_of(room: Room) -> QuerySet[SeatPlan]:
    """Return the plans of a room, the main one first."""
    return SeatPlan.objects.filter(room=room)


def room_called(name: str) -> Room | None:
    """Return an open room of this name, for the demo."""
    return Room.objects.filter(name=name, closed_at__isnull=True).first()


def main_plan(room: Room) -> SeatPlan | None:
    """Return the plan the room is furnished by unless somebody chooses another."""
    return plans_of(room).first()


def get_plan(room: Room, public_id: UUID) -> SeatPlan:
    """Return one plan of this very room, or raise Unseen."""
    plan = plans_of(room).filter(public_id=public_id).first()
    if plan is None:
        raise Unseen
    return plan
