"""Conclusions of the chair."""

from uuid import UUID

from ninja import Schema
from pydantic import Field

from meetings.actions import conclusions
from meetings.commands.orders import Order, Outcome, command
from meetings.models import Meeting
from meetings.queries.visible import get_visible_conclusion, get_visible_item
from meetings.written import Text


class TextData(Schema):
    """A conclusion, on an item or on the whole meeting."""

    text: Text = Field(max_length=20_000)
    item: UUID | None = None


class ChangedTextData(Schema):
    """A conclusion's new text and the one the editor saw."""

    conclusion: UUID
    text: Text = Field(max_length=20_000)
    seen: Text = Field(max_length=20_000)


class ConclusionData(Schema):
    """A conclusion."""

    conclusion: UUID


@command(TextData)
def conclude(meeting: Meeting, order: Order, data: TextData) -> Outcome:
    """Write down a conclusion; the answer names it."""
    item = get_visible_item(order.by, meeting, data.item) if data.item else None
    line = conclusions.conclude(meeting, text=data.text, item=item, by=order.by, at=order.at)
    return {"conclusion": str(line.public_id)}


@command(ChangedTextData)
def edit_conclusion(meeting: Meeting, order: Order, data: ChangedTextData) -> None:
    """Change a conclusion."""
    line = get_visible_conclusion(order.by, meeting, data.conclusion)
    conclusions.edit(line, text=data.text, seen=data.seen, by=order.by, at=order.at)


@command(ConclusionData)
def remove_conclusion(meeting: Meeting, order: Order, data: ConclusionData) -> None:
    """Remove a conclusion."""
    conclusions.remove(get_visible_conclusion(order.by, meeting, data.conclusion), by=order.by, at=order.at)
