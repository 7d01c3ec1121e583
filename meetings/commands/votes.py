"""Votes and ballots."""

from concurrent.futures import Future
from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import Field

from meetings.actions import entries, outside, votes
from meetings.actions.ballots import Cast
from meetings.ballot_box import ballot_box
from meetings.commands.orders import Order, Outcome, command, understood
from meetings.details import Asked, Chosen, Counted
from meetings.models import Meeting
from meetings.queries.visible import get_visible_item, get_visible_place, get_visible_vote
from meetings.queries.votes import get_visible_entry
from meetings.written import Text

MOST_CODES = 30
LARGEST = 100_000


class AskedData(Schema):
    """What is asked, in which form, and by which rule; the options where one or several are chosen."""

    question: Text = Field(max_length=500)
    form: Text = Field("approve", max_length=10)
    rule: Text = Field("ordinary", max_length=30)
    options: list[Text] = Field(default_factory=list, max_length=MOST_CODES)
    least: int = Field(1, ge=0, le=MOST_CODES)
    most: int = Field(1, ge=0, le=MOST_CODES)
    seconds: int | None = Field(None, ge=0, le=LARGEST)
    secret: bool = False

    def asked(self) -> Asked:
        """Return the question."""
        return Asked(
            question=self.question,
            form=self.form,
            rule=self.rule,
            options=tuple(self.options),
            least=self.least,
            most=self.most,
            seconds=self.seconds,
            secret=self.secret,
        )


class QuestionData(AskedData):
    """A question to prepare."""

    item: UUID


class VoteData(Schema):
    """A vote."""

    vote: UUID


class ChangedQuestionData(AskedData, VoteData):
    """A question as it is to be, and the revision the editor saw."""

    revision: int = Field(0, ge=0, le=LARGEST)


class PlacedData(VoteData):
    """At which place a question is to stand, from 1."""

    position: int = Field(ge=1, le=LARGEST)


class MoreTimeData(VoteData):
    """How many seconds a running vote gets more."""

    seconds: int = Field(ge=1, le=LARGEST)


class ReasonData(VoteData):
    """Why a vote is annulled."""

    reason: Text = Field(max_length=1000)


class ChosenData(VoteData):
    """A choice in a vote: one option, or several."""

    choice: Text = Field("", max_length=30)
    choices: list[Text] = Field(default_factory=list, max_length=MOST_CODES)
    remark: Text = Field("", max_length=1000)

    def chosen(self) -> Chosen:
        """Return what is chosen."""
        return Chosen(self.choice, tuple(self.choices), self.remark)


class CastData(ChosenData):
    """One's own ballot, and which revision of the question was read."""

    revision: int = Field(0, ge=0, le=LARGEST)


class EnteredData(ChosenData):
    """Whose raised hand or paper ballot is entered."""

    person: UUID
    manner: Text = Field("hands", max_length=10)


class EntryData(Schema):
    """A ballot entered by name."""

    entry: UUID


class OutsideData(VoteData):
    """What was counted outside the program."""

    counts: dict[str, Annotated[int, Field(ge=-LARGEST, le=LARGEST)]] = Field(max_length=MOST_CODES)
    present: int = Field(ge=0, le=LARGEST)
    cast: int | None = Field(None, ge=0, le=LARGEST)
    note: Text = Field("", max_length=500)


@command(QuestionData)
def prepare_vote(meeting: Meeting, order: Order, data: QuestionData) -> Outcome:
    """Prepare a question; the answer names the vote."""
    item = get_visible_item(order.by, meeting, data.item)
    vote = votes.prepare(item, asked=data.asked(), by=order.by, at=order.at)
    return {"vote": str(vote.public_id)}


@command(ChangedQuestionData)
def edit_vote(meeting: Meeting, order: Order, data: ChangedQuestionData) -> None:
    """Change a question that was never opened."""
    vote = get_visible_vote(order.by, meeting, data.vote)
    votes.edit(vote, asked=data.asked(), revision=data.revision, by=order.by, at=order.at)


@command(PlacedData)
def place_vote(meeting: Meeting, order: Order, data: PlacedData) -> None:
    """Put a question at another place among those of its item."""
    votes.place(get_visible_vote(order.by, meeting, data.vote), position=data.position, by=order.by, at=order.at)


@command(VoteData)
def drop_vote(meeting: Meeting, order: Order, data: VoteData) -> None:
    """Drop a question that was never opened."""
    votes.drop(get_visible_vote(order.by, meeting, data.vote), by=order.by, at=order.at)


@command(VoteData)
def open_vote(meeting: Meeting, order: Order, data: VoteData) -> None:
    """Open a vote."""
    votes.open_vote(get_visible_vote(order.by, meeting, data.vote), by=order.by, at=order.at)


@command(VoteData)
def take_back_vote(meeting: Meeting, order: Order, data: VoteData) -> None:
    """Take back a vote opened by mistake."""
    votes.take_back(get_visible_vote(order.by, meeting, data.vote), by=order.by, at=order.at)


@command(MoreTimeData)
def extend_vote(meeting: Meeting, order: Order, data: MoreTimeData) -> None:
    """Give a running vote more time."""
    votes.extend(get_visible_vote(order.by, meeting, data.vote), seconds=data.seconds, by=order.by, at=order.at)


@command(VoteData)
def close_vote(meeting: Meeting, order: Order, data: VoteData) -> None:
    """Close the vote and fix its result."""
    votes.close_vote(get_visible_vote(order.by, meeting, data.vote), by=order.by, at=order.at)


@command(VoteData)
def declare_vote(meeting: Meeting, order: Order, data: VoteData) -> None:
    """Declare the result to everybody."""
    votes.declare(get_visible_vote(order.by, meeting, data.vote), by=order.by, at=order.at)


@command(ReasonData)
def annul_vote(meeting: Meeting, order: Order, data: ReasonData) -> Outcome:
    """Annul a counted vote; the answer names the one prepared in its place."""
    vote = get_visible_vote(order.by, meeting, data.vote)
    again = votes.annul(vote, reason=data.reason, by=order.by, at=order.at)
    return {"vote": str(again.public_id)}


@command(EnteredData)
def enter_ballot(meeting: Meeting, order: Order, data: EnteredData) -> Outcome:
    """Enter a raised hand or a paper ballot by name; the answer names the entry."""
    vote = get_visible_vote(order.by, meeting, data.vote)
    place = get_visible_place(order.by, meeting, data.person)
    entry = entries.enter(vote, place=place, manner=data.manner, chosen=data.chosen(), by=order.by, at=order.at)
    return {"entry": str(entry.public_id)}


@command(EntryData)
def confirm_ballot(meeting: Meeting, order: Order, data: EntryData) -> None:
    """Confirm what somebody else entered."""
    entries.confirm(get_visible_entry(order.by, meeting, data.entry), by=order.by, at=order.at)


@command(EntryData)
def withdraw_ballot(meeting: Meeting, order: Order, data: EntryData) -> None:
    """Take back an entry nobody has confirmed."""
    entries.withdraw(get_visible_entry(order.by, meeting, data.entry), by=order.by, at=order.at)


@command(OutsideData)
def record_outside(meeting: Meeting, order: Order, data: OutsideData) -> None:
    """Record a prepared vote as held outside the program."""
    counted = Counted(data.counts, data.present, data.note, data.cast)
    outside.record(get_visible_vote(order.by, meeting, data.vote), counted=counted, by=order.by, at=order.at)


def ballot(order: Order) -> tuple[UUID, Cast]:
    """Return the vote and the ballot for it; the ballot itself remembers its client id."""
    data: CastData = understood(CastData, order.data)
    said = data.chosen()
    given = Cast(
        order.by,
        said.choice,
        order.at,
        remark=said.remark,
        client_id=order.client_id,
        choices=said.choices,
        revision=data.revision,
    )
    return data.vote, given


def cast(meeting_id: int, order: Order) -> "Future[Outcome]":
    """Put a ballot into the box."""
    return ballot_box.put(meeting_id, *ballot(order))
