"""The commands of the room: the same over the socket and over HTTP, each done once however often it is sent."""

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Schema
from pydantic import Field, ValidationError

from ledger.commands import once
from ledger.door import retrying
from ledger.verdict import Refused
from meetings.actions import conclusions, opinions, room, votes
from meetings.actions.ballots import Cast
from meetings.ballot_box import ballot_box
from meetings.models import Meeting
from meetings.queries.room import place_of
from meetings.queries.visible import get_visible_conclusion, get_visible_item, get_visible_place, get_visible_vote
from meetings.written import Text
from people.models import User

Outcome = Mapping[str, Any]


@dataclass(frozen=True)
class Order:
    """One command: what to do, its data, who sent it and when it was received."""

    do: str
    data: Mapping[str, Any]
    client_id: UUID
    by: User
    at: datetime


class NoData(Schema):
    """A command without data."""


class PersonData(Schema):
    """A participant; oneself when left out."""

    person: UUID | None = None


class ItemData(Schema):
    """An agenda item."""

    item: UUID


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


Work = Callable[[Meeting, Order, Any], Outcome | None]
COMMANDS: dict[str, tuple[type[Schema], Work]] = {}


def command(schema: type[Schema]) -> Callable[[Work], Work]:
    """Register the function as the command of its own name."""

    def register(work: Work) -> Work:
        COMMANDS[work.__name__] = schema, work
        return work

    return register


@command(NoData)
def open_meeting(meeting: Meeting, order: Order, data: NoData) -> None:
    """Open the meeting."""
    room.open_room(meeting, by=order.by, at=order.at)


@command(NoData)
def close_meeting(meeting: Meeting, order: Order, data: NoData) -> None:
    """Close the meeting."""
    room.close_room(meeting, by=order.by, at=order.at)


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


@command(ItemData)
def move_item(meeting: Meeting, order: Order, data: ItemData) -> None:
    """Take the room to an item."""
    room.move_to(get_visible_item(order.by, meeting, data.item), by=order.by, at=order.at)


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


@command(ItemData)
def hand_in_opinion(meeting: Meeting, order: Order, data: ItemData) -> None:
    """Give the opinion prepared on an item to the chair."""
    opinions.hand_in(get_visible_item(order.by, meeting, data.item), by=order.by, at=order.at)


def understood(schema: type[Schema], data: Mapping[str, Any]) -> Any:
    """Return the data in its schema, or refuse it."""
    try:
        return schema.model_validate(data)
    except ValidationError as error:
        raise Refused("bad_frame") from error


def obey(meeting: Meeting, order: Order) -> Outcome:
    """Do a command once; a repeated one gets the outcome of the first time."""
    if order.do not in COMMANDS:
        raise Refused("unknown_command")
    schema, work = COMMANDS[order.do]
    data = understood(schema, order.data)
    asked = {"meeting": meeting.pk, "do": order.do, "data": data.model_dump(mode="json")}
    return retrying(lambda: once(order.by, order.client_id, order.at, lambda: work(meeting, order, data), asked=asked))


def cast(meeting_id: int, order: Order) -> "Future[Outcome]":
    """Put a ballot into the box; the ballot itself remembers its client id."""
    data: CastData = understood(CastData, order.data)
    given = Cast(order.by, data.choice, order.at, remark=data.remark, client_id=order.client_id)
    return ballot_box.put(meeting_id, data.vote, given)
