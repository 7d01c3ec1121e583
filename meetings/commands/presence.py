"""Coming and going."""

from uuid import UUID

from ninja import Schema

from meetings.actions import room
from meetings.commands.orders import Order, command
from meetings.models import Meeting
from meetings.queries.room import place_of
from meetings.queries.visible import get_visible_place


class PersonData(Schema):
    """A participant; oneself when left out."""

    person: UUID | None = None


@command(PersonData)
def check_in(meeting: Meeting, order: Order, data: PersonData) -> None:
    """Check in oneself, or somebody else."""
    place = get_visible_place(order.by, meeting, data.person) if data.person else place_of(order.by, meeting)
    room.check_in(place, by=order.by, at=order.at)


@command(PersonData)
def leave(meeting: Meeting, order: Order, data: PersonData) -> None:
    """Say that oneself, or somebody else, has left."""
    place = get_visible_place(order.by, meeting, data.person) if data.person else place_of(order.by, meeting)
    room.leave(place, by=order.by, at=order.at)
