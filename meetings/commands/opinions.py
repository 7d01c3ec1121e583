"""Opinions prepared before the meeting."""

from meetings.actions import opinions
from meetings.commands.meeting import ItemData
from meetings.commands.orders import Order, command
from meetings.models import Meeting
from meetings.queries.visible import get_visible_item


@command(ItemData)
def hand_in_opinion(meeting: Meeting, order: Order, data: ItemData) -> None:
    """Give the opinion prepared on an item to the chair."""
    opinions.hand_in(get_visible_item(order.by, meeting, data.item), by=order.by, at=order.at)
