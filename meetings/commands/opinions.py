"""Opinions prepared before the meeting, and remarks on the papers."""

from uuid import UUID

from ninja import Schema
from pydantic import Field

from meetings.actions import opinions, remarks
from meetings.commands.meeting import ItemData
from meetings.commands.orders import Order, Outcome, command
from meetings.models import Meeting
from meetings.queries.remarks import get_own_mark
from meetings.queries.visible import get_visible_item
from meetings.rules.own import LONGEST_OPINION
from meetings.written import Text


class RemarkData(Schema):
    """One's own annotation, the item it is handed in on, and other words than it has, if any."""

    note: UUID
    item: UUID
    text: Text = Field("", max_length=LONGEST_OPINION)


@command(ItemData)
def hand_in_opinion(meeting: Meeting, order: Order, data: ItemData) -> None:
    """Give the opinion prepared on an item to the chair."""
    opinions.hand_in(get_visible_item(order.by, meeting, data.item), by=order.by, at=order.at)


@command(RemarkData)
def submit_remark(meeting: Meeting, order: Order, data: RemarkData) -> Outcome:
    """Give one's own annotation on a paper to the chair as an opinion; the answer names it."""
    item = get_visible_item(order.by, meeting, data.item)
    mark, paper = get_own_mark(order.by, meeting, data.note)
    opinion = remarks.submit(item, paper, mark, text=data.text, by=order.by, at=order.at)
    return {"opinion": str(opinion.public_id)}
