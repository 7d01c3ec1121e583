"""Who sits where: the orders people are seated in by rule, and steps that pass a seat on."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import prefetch_related_objects

from meetings.models import Meeting, Participant, Seating
from meetings.patches import announce_same, person_patch
from people.models import User
from people.queries import with_posts
from rooms.plan import EMPTY, Plan, Seat, in_rows, read_or_empty

ROLE_ORDER = ("chair", "secretary", "member", "guest")
UNRANKED = 10_000
AWAY = frozenset({"absent", "excused", "delegated"})
KIND_OF = {"chair": "chair", "secretary": "secretary", "member": "delegate", "guest": "guest"}
Key = Callable[["Sitter"], Any]


@dataclass(frozen=True)
class Sitter:
    """A participant as the orders see them."""

    key: UUID
    role: str
    rank: tuple[int, int]
    name: str
    unit: str


ORDERS: dict[str, Key] = {
    "rank": lambda one: (ROLE_ORDER.index(one.role), one.rank, one.name, str(one.key)),
    "name": lambda one: (ROLE_ORDER.index(one.role), one.name, str(one.key)),
    "unit": lambda one: (ROLE_ORDER.index(one.role), one.unit, one.rank, one.name, str(one.key)),
}


def is_own(one: Sitter, seat: Seat) -> bool:
    """Is the seat meant for people of this role?"""
    return seat.kind == KIND_OF[one.role]


def is_open(one: Sitter, seat: Seat) -> bool:
    """May the seat be given to anybody, once those it is meant for sit?"""
    return seat.kind in ("delegate", "guest")


def nearest_first(seats: Sequence[Seat]) -> list[Seat]:
    """Return the seats from the chair outwards; as one reads where nobody chairs."""
    reading = [seat for row in in_rows(seats) for seat in row]
    chair = next((seat for seat in reading if seat.kind == "chair"), None)
    if chair is None:
        return reading
    return sorted(reading, key=lambda seat: (seat.x - chair.x) ** 2 + (seat.y - chair.y) ** 2)


def seated_by(order: str, sitters: Iterable[Sitter], seats: Sequence[Seat]) -> dict[UUID, str]:
    """Return who sits where: first everybody on a seat of their kind, then, while seats are left, the others."""
    waiting = sorted(sitters, key=ORDERS[order])
    free = nearest_first(seats) if order == "rank" else [seat for row in in_rows(seats) for seat in row]
    found: dict[UUID, str] = {}
    for fits in (is_own, is_open):
        for one in list(waiting):
            seat = next((seat for seat in free if fits(one, seat)), None)
            if seat is not None:
                found[one.key] = seat.id
                free.remove(seat)
                waiting.remove(one)
    return found


def plan_of(meeting: Meeting) -> Plan | None:
    """Return the meeting's own plan, if it has one."""
    seating = Seating.objects.filter(meeting=meeting).first()
    return read_or_empty(seating.layout) if seating else None


def plan_or_empty(meeting: Meeting) -> Plan:
    """Return the meeting's own plan, or an empty room."""
    return plan_of(meeting) or EMPTY


def sitters_of(meeting: Meeting) -> list[Sitter]:
    """Return everybody who is expected, with what the orders ask of them: a constant number of queries."""
    places = meeting.participants.filter(removed_at__isnull=True).exclude(reply__in=AWAY)
    known = places.select_related("user", "unit__agency").prefetch_related(with_posts("user__posts"))
    prefetch_related_objects(list(known), "user__posts_shown__position")
    return [
        Sitter(
            place.public_id,
            place.role,
            (place.position or UNRANKED, rank_of(place)),
            place.user.sort_key,
            unit_of(place),
        )
        for place in known
    ]


def rank_of(place: Participant) -> int:
    """Return the best rank the catalogue of titles gives to a post the person holds."""
    posts = place.user.posts_shown  # type: ignore[attr-defined]
    return min((post.position.rank for post in posts if post.position), default=UNRANKED)


def unit_of(place: Participant) -> str:
    """Return the unit that named the person, else the agency of the latest post: the nearer one."""
    if place.unit:
        return place.unit.agency.name
    posts = sorted(place.user.posts_shown, key=lambda post: post.pk)  # type: ignore[attr-defined]
    return posts[-1].agency.name if posts else ""


def given_up_seat(place: Participant, *, by: User, at: datetime) -> str:
    """Free the seat of somebody whose substitute gets it; return which it was."""
    seat, place.seat = place.seat, ""
    if seat:
        place.save(update_fields=["seat"])
        announce_same(place.meeting, "person.changed", person_patch(place, with_quorum=False), by=by, at=at)
    return seat


def seat_given_back(place: Participant, substitute: Participant, *, by: User, at: datetime) -> None:
    """Let somebody have the seat of their former substitute, unless either sits elsewhere now."""
    taken = Participant.objects.filter(meeting_id=place.meeting_id, seat=substitute.seat, removed_at__isnull=True)
    if place.removed_at or place.seat or not substitute.seat or taken.exists():
        return
    place.seat = substitute.seat
    place.save(update_fields=["seat"])
    announce_same(place.meeting, "person.changed", person_patch(place, with_quorum=False), by=by, at=at)
