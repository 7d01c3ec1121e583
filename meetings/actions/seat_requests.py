"""Calls from the seats: made and taken back by delegates, taken up and settled by who serves the room."""

from datetime import datetime

from ledger.door import action, nothing_changed
from ledger.verdict import Refused, first_no
from live.publish import publish
from meetings.models import Participant, SeatRequest
from meetings.patches import tell
from meetings.queries.calls import CALL_WITH
from meetings.records import locked, locked_place, note
from meetings.rules.calls import Kind, is_said, may_call, may_with_call
from meetings.snapshot.calls import SECRETARY, SERVER, call_for, own_call_data, support_stream
from meetings.workflow import CALL
from people.models import User
from search.fold import composed


def _held(call: SeatRequest) -> SeatRequest:
    """Return the call as it is now, its meeting held: two who serve the room wait for each other here."""
    locked(call.meeting)
    return SeatRequest.objects.select_related(*CALL_WITH).get(pk=call.pk)


def _go(call: SeatRequest, verb: str) -> tuple[str, str]:
    """Move the call along its table, unsaved; return from where to where."""
    row = CALL.move(call.state, verb)
    if row is None:
        raise Refused("wrong_state")
    source, call.state = call.state, row.target
    return source, row.target


def _show(call: SeatRequest, kind: str, *, by: User, at: datetime) -> None:
    """Tell who serves the room and who called; a message is not even named to others than secretaries."""
    key = str(call.public_id)
    bodies = {view: {"calls": {key: call_for(call, view)}} for view in (SECRETARY, SERVER)}
    hidden = (SERVER,) if call.kind == Kind.MESSAGE else ()
    others = {SECRETARY: bodies[SECRETARY]}
    publish(support_stream(call.meeting), kind, bodies[SERVER], by=by, at=at, views=others, hidden_from=hidden)
    own = None if call.state == "withdrawn" else own_call_data(call)
    tell(call.meeting, call.participant.user, kind, {"calls": {key: own}}, by=by, at=at)


def _note(call: SeatRequest, verb: str, *, by: User, at: datetime, moved: tuple[str, str]) -> None:
    """Record the act; the words of a call are nobody's business later."""
    data = {"kind": call.kind, "user": call.participant.user_id, "seat": call.seat}
    note(call.meeting, verb, by=by, at=at, about=call, data=data, moved=moved)


@action
def call_service(place: Participant, *, kind: str, text: str = "", by: User, at: datetime) -> SeatRequest:
    """Ask for something from one's seat."""
    place = locked_place(place)
    text = composed(text).strip()
    may_call(place, kind, text, at).require()
    call = SeatRequest.objects.create(
        meeting=place.meeting,
        participant=place,
        kind=kind,
        text=text,
        seat=place.seat,
        site=place.site.name if place.site else "",
        asked_at=at,
    )
    _note(call, "call_service", by=by, at=at, moved=("", "waiting"))
    _show(call, "call.made", by=by, at=at)
    return call


@action
def withdraw(call: SeatRequest, *, by: User, at: datetime) -> SeatRequest:
    """Take one's own call back."""
    call = _held(call)
    if call.state == "withdrawn" and call.participant.user_id == by.pk:
        nothing_changed()
        return call
    may_with_call(by, call, "withdraw").require()
    moved = _go(call, "withdraw")
    call.save(update_fields=["state"])
    _note(call, "withdraw_call", by=by, at=at, moved=moved)
    _show(call, "call.withdrawn", by=by, at=at)
    return call


@action
def take(call: SeatRequest, *, by: User, at: datetime) -> SeatRequest:
    """Take a call up: the others see who is on the way."""
    call = _held(call)
    if call.state == "taken" and call.taken_by_id == by.pk:
        nothing_changed()
        return call
    may_with_call(by, call, "take").require()
    moved = _go(call, "take")
    call.taken_by, call.taken_at = by, at
    call.save(update_fields=["state", "taken_by", "taken_at"])
    _note(call, "take_call", by=by, at=at, moved=moved)
    _show(call, "call.taken", by=by, at=at)
    return call


@action
def settle(call: SeatRequest, *, answer: str = "", by: User, at: datetime) -> SeatRequest:
    """Say that it is done, with a word to who called where one is needed."""
    call, answer = _held(call), composed(answer).strip()
    if call.state == "settled" and call.taken_by_id == by.pk and call.answer == answer:
        nothing_changed()
        return call
    first_no(may_with_call(by, call, "settle"), is_said("", answer)).require()
    moved = _go(call, "settle")
    if call.taken_by is None:
        call.taken_by, call.taken_at = by, at
    call.answer, call.settled_at = answer, at
    call.save(update_fields=["state", "taken_by", "taken_at", "answer", "settled_at"])
    _note(call, "settle_call", by=by, at=at, moved=moved)
    _show(call, "call.settled", by=by, at=at)
    return call
