"""Asking to speak and giving the floor."""

from uuid import UUID

from ninja import Schema
from pydantic import Field

from meetings.actions import speaking
from meetings.actions.speaking import Wish
from meetings.commands.orders import Order, Outcome, command
from meetings.models import Meeting, Speech
from meetings.queries.speaking import get_visible_speech
from meetings.queries.visible import get_visible_item, get_visible_paper, get_visible_place
from meetings.written import Text

LARGEST = 1_000_000


class WishData(Schema):
    """What somebody wants to speak about."""

    item: UUID
    lane: Text = Field("speech", max_length=10)
    subject: Text = Field("", max_length=500)
    asked: UUID | None = None
    paper: UUID | None = None
    page: int | None = Field(None, ge=1, le=LARGEST)


class FloorData(Schema):
    """Whom to give the floor on an item, in which lane."""

    item: UUID
    person: UUID
    lane: Text = Field("speech", max_length=10)
    subject: Text = Field("", max_length=500)
    asked: UUID | None = None


class SpeechData(Schema):
    """A request to speak."""

    speech: UUID


class StartData(Schema):
    """A request to speak, and whether who is speaking now is paused instead of ended."""

    speech: UUID
    pausing: bool = False


class RefusalData(Schema):
    """A request, and a word why the floor is not given."""

    speech: UUID
    reason: Text = Field("", max_length=500)


class PlaceData(Schema):
    """A request and its place in the queue, from 1."""

    speech: UUID
    position: int = Field(ge=1, le=LARGEST)


class OrderData(Schema):
    """The order of the queue: fair or manual."""

    order: Text = Field(max_length=10)


class TimeData(Schema):
    """A speech, and how many seconds more it may last."""

    speech: UUID
    seconds: int = Field(ge=1, le=LARGEST)


@command(WishData)
def ask_to_speak(meeting: Meeting, order: Order, data: WishData) -> Outcome:
    """Ask for the floor; the answer names the request."""
    item = get_visible_item(order.by, meeting, data.item)
    asked = get_visible_place(order.by, meeting, data.asked) if data.asked else None
    paper = get_visible_paper(order.by, meeting, data.paper) if data.paper else None
    wish = Wish(data.lane, data.subject, asked, paper, data.page)
    return {"speech": str(speaking.ask(item, wish=wish, by=order.by, at=order.at).public_id)}


@command(FloorData)
def give_floor(meeting: Meeting, order: Order, data: FloorData) -> Outcome:
    """Call somebody who did not ask; the answer names the request made for them."""
    item = get_visible_item(order.by, meeting, data.item)
    person = get_visible_place(order.by, meeting, data.person)
    asked = get_visible_place(order.by, meeting, data.asked) if data.asked else None
    wish = Wish(data.lane, data.subject, asked)
    speech = speaking.give_floor(item, person=person, wish=wish, by=order.by, at=order.at)
    return {"speech": str(speech.public_id)}


def _speech(
    meeting: Meeting, order: Order, data: SpeechData | StartData | RefusalData | PlaceData | TimeData
) -> Speech:
    """Return the request a command names."""
    return get_visible_speech(order.by, meeting, data.speech)


@command(SpeechData)
def withdraw_speech(meeting: Meeting, order: Order, data: SpeechData) -> None:
    """Take one's own request back."""
    speaking.take_back(_speech(meeting, order, data), by=order.by, at=order.at)


@command(SpeechData)
def call_speaker(meeting: Meeting, order: Order, data: SpeechData) -> None:
    """Call a speaker."""
    speaking.call(_speech(meeting, order, data), by=order.by, at=order.at)


@command(SpeechData)
def call_back(meeting: Meeting, order: Order, data: SpeechData) -> None:
    """Undo a call."""
    speaking.call_back(_speech(meeting, order, data), by=order.by, at=order.at)


@command(StartData)
def start_speech(meeting: Meeting, order: Order, data: StartData) -> None:
    """Give the floor: the clock starts."""
    speaking.start(_speech(meeting, order, data), pausing=data.pausing, by=order.by, at=order.at)


@command(SpeechData)
def pause_speech(meeting: Meeting, order: Order, data: SpeechData) -> None:
    """Stop the clock."""
    speaking.hold(_speech(meeting, order, data), by=order.by, at=order.at)


@command(StartData)
def resume_speech(meeting: Meeting, order: Order, data: StartData) -> None:
    """Let the clock go on."""
    speaking.resume(_speech(meeting, order, data), pausing=data.pausing, by=order.by, at=order.at)


@command(SpeechData)
def pass_to_answer(meeting: Meeting, order: Order, data: SpeechData) -> None:
    """Pass the floor to who was asked."""
    speaking.answer(_speech(meeting, order, data), by=order.by, at=order.at)


@command(TimeData)
def give_more_time(meeting: Meeting, order: Order, data: TimeData) -> None:
    """Give the speaker more time."""
    speaking.give_more_time(_speech(meeting, order, data), seconds=data.seconds, by=order.by, at=order.at)


@command(SpeechData)
def end_speech(meeting: Meeting, order: Order, data: SpeechData) -> None:
    """End a speech."""
    speaking.finish(_speech(meeting, order, data), by=order.by, at=order.at)


@command(SpeechData)
def reopen_speech(meeting: Meeting, order: Order, data: SpeechData) -> None:
    """Take an end back that came too early."""
    speaking.reopen(_speech(meeting, order, data), by=order.by, at=order.at)


@command(RefusalData)
def refuse_speech(meeting: Meeting, order: Order, data: RefusalData) -> None:
    """Do not give the floor."""
    speaking.refuse(_speech(meeting, order, data), reason=data.reason, by=order.by, at=order.at)


@command(PlaceData)
def place_speech(meeting: Meeting, order: Order, data: PlaceData) -> None:
    """Put a request at another place in its queue."""
    speaking.place(_speech(meeting, order, data), position=data.position, by=order.by, at=order.at)


@command(OrderData)
def order_queue(meeting: Meeting, order: Order, data: OrderData) -> None:
    """Choose fair or manual order."""
    speaking.order(meeting, order=data.order, by=order.by, at=order.at)
