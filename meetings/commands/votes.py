"""Votes and ballots."""

from concurrent.futures import Future
from uuid import UUID

from ninja import Schema
from pydantic import Field

from meetings.actions import votes
from meetings.actions.ballots import Cast
from meetings.ballot_box import ballot_box
from meetings.commands.orders import Order, Outcome, command, understood
from meetings.models import Meeting
from meetings.queries.visible import get_visible_item, get_visible_vote
from meetings.written import Text


class QuestionData(Schema):
    """A question to prepare."""

    item: UUID
    question: Text = Field(max_length=500)
    rule: Text = "ordinary"


class VoteData(Schema):
    """A vote."""

    vote: UUID


class CastData(Schema):
    """A choice in a vote."""

    vote: UUID
    choice: Text = Field(max_length=30)
    remark: Text = Field("", max_length=1000)


@command(QuestionData)
def prepare_vote(meeting: Meeting, order: Order, data: QuestionData) -> Outcome:
    """Prepare a question; the answer names the vote."""
    item = get_visible_item(order.by, meeting, data.item)
    vote = votes.prepare(item, question=data.question, rule=data.rule, by=order.by, at=order.at)
    return {"vote": str(vote.public_id)}


@command(VoteData)
def drop_vote(meeting: Meeting, order: Order, data: VoteData) -> None:
    """Drop a question that was never opened."""
    votes.drop(get_visible_vote(order.by, meeting, data.vote), by=order.by, at=order.at)


@command(VoteData)
def open_vote(meeting: Meeting, order: Order, data: VoteData) -> None:
    """Open a vote."""
    votes.open_vote(get_visible_vote(order.by, meeting, data.vote), by=order.by, at=order.at)


@command(VoteData)
def close_vote(meeting: Meeting, order: Order, data: VoteData) -> None:
    """Close the vote and fix its result."""
    votes.close_vote(get_visible_vote(order.by, meeting, data.vote), by=order.by, at=order.at)


def cast(meeting_id: int, order: Order) -> "Future[Outcome]":
    """Put a ballot into the box; the ballot itself remembers its client id."""
    data: CastData = understood(CastData, order.data)
    given = Cast(order.by, data.choice, order.at, remark=data.remark, client_id=order.client_id)
    return ballot_box.put(meeting_id, data.vote, given)
