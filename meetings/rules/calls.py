"""Questions about calls from the seats: who may ask for what, how often, and who serves the room."""

from datetime import datetime, timedelta

from ledger.verdict import YES, Verdict, first_no, no
from meetings.models import Meeting, Participant, SeatRequest
from meetings.rules.meeting import may, may_in, participation, roles_of
from meetings.workflow import CALL
from people.models import User

Kind = SeatRequest.Kind
STANDING = ("waiting", "taken")
LONGEST_TEXT = 500
MESSAGES_A_MINUTE, REQUESTS_A_MINUTE = 5, 30
NEEDS_WORDS = (Kind.MESSAGE, Kind.OTHER)


def may_call(place: Participant, kind: str, text: str, at: datetime) -> Verdict:
    """May the person ask for this now: something we know, said in words where it needs them, and not twice?"""
    return first_no(
        may(place.user, place.meeting, "call_service"),
        YES if kind in Kind.values else no("call_kind_unknown"),
        is_said(kind, text),
        calls_once(place, kind),
        is_not_too_much(place, kind, at),
    )


def is_said(kind: str, text: str) -> Verdict:
    """Are there words where it needs them, short enough to be read at a glance?"""
    if "\0" in text:
        return no("text_unusable")
    if len(text) > LONGEST_TEXT:
        return no("text_too_long", most=LONGEST_TEXT)
    return YES if text or kind not in NEEDS_WORDS else no("call_words_missing")


def calls_once(place: Participant, kind: str) -> Verdict:
    """Does no call of this kind from this person stand? Messages stand beside one another."""
    standing = place.seat_requests.filter(kind=kind, state__in=STANDING)
    return no("called_already") if kind != Kind.MESSAGE and standing.exists() else YES


def is_not_too_much(place: Participant, kind: str, at: datetime) -> Verdict:
    """Are there not too many messages, or calls of any kind, in a minute?"""
    lately = list(place.seat_requests.filter(asked_at__gt=at - timedelta(minutes=1)).values_list("kind", flat=True))
    if kind == Kind.MESSAGE and lately.count(kind) >= MESSAGES_A_MINUTE:
        return no("too_many_messages", most=MESSAGES_A_MINUTE)
    return no("too_many_requests", most=REQUESTS_A_MINUTE) if len(lately) >= REQUESTS_A_MINUTE else YES


def serves(user: User, meeting: Meeting) -> Verdict:
    """Does the person serve this room: as its secretary, or as one who serves the rooms of its agency?"""
    return may(user, meeting, "serve")


def is_secretary(place: Participant) -> bool:
    """Is this person a secretary of the meeting?"""
    return place.role == Participant.Role.SECRETARY


def reads_messages(user: User, meeting: Meeting) -> bool:
    """Are messages to the secretary for this person?"""
    place = participation(user, meeting)
    return place is not None and is_secretary(place)


def may_with_call(user: User, call: SeatRequest, verb: str) -> Verdict:
    """May the person do this to the call now?"""
    if verb == "withdraw":
        own = frozenset({"self"}) if call.participant.user_id == user.pk else frozenset[str]()
        return may_in(CALL, call.state, verb, own)
    roles = roles_of(user, call.meeting, participation(user, call.meeting))
    roles = roles - {"server"} if call.kind == Kind.MESSAGE else roles
    return first_no(may_in(CALL, call.state, verb, roles), may(user, call.meeting, "serve"))
