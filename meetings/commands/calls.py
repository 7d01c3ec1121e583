"""Calls from the seats."""

from uuid import UUID

from ninja import Schema
from pydantic import Field

from meetings.actions import seat_requests
from meetings.commands.orders import Order, Outcome, command
from meetings.models import Meeting
from meetings.queries.calls import get_visible_call
from meetings.queries.room import place_of
from meetings.written import Text


class WishData(Schema):
    """What is asked for."""

    kind: Text = Field(max_length=20)
    text: Text = Field("", max_length=2000)


class CallData(Schema):
    """A call."""

    call: UUID


class AnswerData(CallData):
    """A call that is done, and a word to who called."""

    answer: Text = Field("", max_length=2000)


@command(WishData)
def call_service(meeting: Meeting, order: Order, data: WishData) -> Outcome:
    """Ask for something from one's seat; the answer names the call."""
    place = place_of(order.by, meeting)
    call = seat_requests.call_service(place, kind=data.kind, text=data.text, by=order.by, at=order.at)
    return {"call": str(call.public_id)}


@command(CallData)
def withdraw_call(meeting: Meeting, order: Order, data: CallData) -> None:
    """Take one's own call back."""
    seat_requests.withdraw(get_visible_call(order.by, meeting, data.call), by=order.by, at=order.at)


@command(CallData)
def take_call(meeting: Meeting, order: Order, data: CallData) -> None:
    """Take a call up."""
    seat_requests.take(get_visible_call(order.by, meeting, data.call), by=order.by, at=order.at)


@command(AnswerData)
def settle_call(meeting: Meeting, order: Order, data: AnswerData) -> None:
    """Say that a call is done."""
    seat_requests.settle(get_visible_call(order.by, meeting, data.call), answer=data.answer, by=order.by, at=order.at)
