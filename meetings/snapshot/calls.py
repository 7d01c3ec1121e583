"""Calls from the seats: as who serves the room has them, and as who called has them."""

from meetings.models import Meeting, Participant, SeatRequest
from meetings.queries.calls import calls_of
from meetings.rules.calls import Kind
from meetings.snapshot.views import Data, moment, without_nulls

SECRETARY, SERVER = "secretary", ""


def support_stream(meeting: Meeting) -> str:
    """Return the key of the stream of those who serve the room."""
    return f"{meeting.stream}:support"


def call_data(call: SeatRequest) -> Data:
    """Return one call as who serves the room has it."""
    return {
        "person": str(call.participant.public_id),
        "name": call.participant.user.full_name,
        "seat": call.seat,
        "site": call.site or None,
        **own_call_data(call),
        "taken_by": call.taken_by.full_name if call.taken_by else None,
    }


def own_call_data(call: SeatRequest) -> Data:
    """Return one call as who called has it."""
    return {
        "kind": call.kind,
        "text": call.text or None,
        "answer": call.answer or None,
        "state": call.state,
        "at": moment(call.asked_at),
        "taken_at": moment(call.taken_at),
        "settled_at": moment(call.settled_at),
    }


def call_for(call: SeatRequest, view: str) -> Data | None:
    """Return the call as that view has it: what was taken back is gone, messages are the secretaries' alone."""
    hidden = call.kind == Kind.MESSAGE and view != SECRETARY
    return None if hidden or call.state == "withdrawn" else call_data(call)


def support_snapshot(meeting: Meeting, view: str) -> Data:
    """Return the calls of a room."""
    calls = {str(call.public_id): call_for(call, view) for call in calls_of(meeting)}
    cleaned: Data = without_nulls({"calls": calls})
    return cleaned


def own_calls(meeting: Meeting, place: Participant) -> Data:
    """Return the person's own calls."""
    return {str(call.public_id): own_call_data(call) for call in calls_of(meeting).filter(participant=place)}
