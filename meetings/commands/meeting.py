"""Opening and closing the meeting, going to an item."""

from uuid import UUID

from ninja import Schema

from meetings.actions import opening, room
from meetings.commands.orders import NoData, Order, command
from meetings.models import Meeting
from meetings.queries.visible import get_visible_item


class ItemData(Schema):
    """An agenda item."""

    item: UUID


@command(NoData)
def open_meeting(meeting: Meeting, order: Order, data: NoData) -> None:
    """Open the meeting."""
    room.open_room(meeting, by=order.by, at=order.at)


@command(NoData)
def take_back_opening(meeting: Meeting, order: Order, data: NoData) -> None:
    """Take back an opening from which nothing has come yet."""
    opening.take_back_opening(meeting, by=order.by, at=order.at)


@command(NoData)
def close_meeting(meeting: Meeting, order: Order, data: NoData) -> None:
    """Close the meeting."""
    room.close_room(meeting, by=order.by, at=order.at)


@command(ItemData)
def move_item(meeting: Meeting, order: Order, data: ItemData) -> None:
    """Take the room to an item."""
    room.move_to(get_visible_item(order.by, meeting, data.item), by=order.by, at=order.at)
