"""Who may do what with a request to speak: role × state × verb over actions and commands; a refusal changes nothing."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from ledger.models import AuditEntry
from ledger.verdict import Refused, Unseen
from live.models import Event
from meetings.actions import room, speaking
from meetings.actions.speaking import Wish
from meetings.commands.obeying import obey
from meetings.commands.orders import Order
from meetings.queries.visible import get_visible_meeting
from meetings.workflow import MEETING, SPEECH, SPEECH_ASKS, WHO
from tests.meetings.factories import check_in, now, world
from tests.undone import named, undone

pytestmark = pytest.mark.django_db

REAL = ("clerk", "leader", "chair", "secretary", "member", "guest", "stranger")
ROLES = ("clerk", "leader", "chair", "secretary", "member", "self", "guest", "stranger")
STATES = SPEECH.states()
VERBS = tuple(dict.fromkeys(row.verb for row in SPEECH.moves))

ACTIONS: dict[str, Callable[..., Any]] = {
    "place": lambda speech, **by: speaking.place(speech, position=2, **by),
    "call": speaking.call,
    "call_back": speaking.call_back,
    "start": speaking.start,
    "pause": speaking.hold,
    "resume": speaking.resume,
    "answer": speaking.answer,
    "give_more_time": lambda speech, **by: speaking.give_more_time(speech, seconds=60, **by),
    "end": speaking.finish,
    "reopen": speaking.reopen,
    "withdraw": speaking.take_back,
    "refuse": speaking.refuse,
}
COMMANDS: dict[str, tuple[str, dict[str, Any]]] = {
    "place": ("place_speech", {"position": 2}),
    "call": ("call_speaker", {}),
    "call_back": ("call_back", {}),
    "start": ("start_speech", {}),
    "pause": ("pause_speech", {}),
    "resume": ("resume_speech", {}),
    "answer": ("pass_to_answer", {}),
    "give_more_time": ("give_more_time", {"seconds": 60}),
    "end": ("end_speech", {}),
    "reopen": ("reopen_speech", {}),
    "withdraw": ("withdraw_speech", {}),
    "refuse": ("refuse_speech", {"reason": ""}),
}
# A second tap that finds everything as asked is answered yes; it is the verb's own state.
AGAIN = {("called", "call"), ("speaking", "start"), ("done", "end"), ("withdrawn", "withdraw")}


def asker(made):
    return made.members[1]


def ready(state):
    """A question in the state, and another behind it; only a question can go through every verb."""
    made = world("open", kind="hdnd_session", members=4)
    check_in(made, made.guest, *made.everyone())
    speaking.order(made.meeting, order="manual", by=made.chair, at=now())
    wish = Wish(lane="question", subject="Tiến độ?", asked=made.place(made.members[2]))
    speech = speaking.ask(made.items[0], wish=wish, by=asker(made), at=now())
    speaking.ask(made.items[0], wish=wish, by=made.members[3], at=now())
    steps = {
        "waiting": [],
        "called": ["call"],
        "speaking": ["start"],
        "paused": ["start", "pause"],
        "done": ["start", "end"],
        "refused": ["refuse"],
    }
    for verb in steps.get(state, []):
        speech = ACTIONS[verb](speech, by=made.chair, at=now())
    if state == "withdrawn":
        speech = speaking.take_back(speech, by=asker(made), at=now())
    assert speech.state == state
    return made, speech


def user_of(made, role):
    return made.user("member") if role == "member" else asker(made) if role == "self" else made.user(role)


def may_do(state, verb, role):
    row = SPEECH.move(state, verb)
    if row is None:
        return (state, verb) in AGAIN and role in (WHO["self"] if verb == "withdraw" else WHO["conductor"])
    return role in WHO[row.who]


@pytest.mark.parametrize("state", STATES)
def test_every_role_at_every_verb(state):
    standing = ready(state)
    for verb in VERBS:
        with named(verb), undone(standing) as (made, speech):
            every_role(made, speech, state, verb)


def every_role(made, speech, state, verb):
    """Whoever the table does not name is refused and leaves nothing; each of the others does it."""
    allowed = [role for role in ROLES if may_do(state, verb, role)]
    name, data = COMMANDS[verb]
    for role in (role for role in ROLES if role not in allowed):
        left, user = (AuditEntry.objects.count(), Event.objects.count()), user_of(made, role)
        with pytest.raises(Refused):
            ACTIONS[verb](speech, by=user, at=now())
        with pytest.raises((Refused, Unseen)):
            sent(made, name, data | {"speech": str(speech.public_id)}, user)
        assert (AuditEntry.objects.count(), Event.objects.count()) == left, role
    for place, role in enumerate(allowed):
        with named(role), undone((made, speech)) as (mine, one):
            if place == 0:
                sent(mine, name, data | {"speech": str(one.public_id)}, user_of(mine, role))
            else:
                ACTIONS[verb](one, by=user_of(mine, role), at=now())


def sent(made, name, data, user):
    """Send the command as that person, whom the meeting must exist for."""
    order = Order(name, data, uuid4(), user, now())
    meeting = get_visible_meeting(user, made.meeting.public_id)
    first = obey(meeting, order)
    assert obey(meeting, order) == first


@pytest.mark.parametrize("verb", VERBS)
def test_the_floor_is_given_in_an_open_meeting_only(verb):
    """Requests may come and go before; after the end nothing moves."""
    made = world("published", kind="hdnd_session", members=4)
    speech = speaking.ask(made.items[0], wish=Wish(), by=asker(made), at=now())
    speaking.ask(made.items[0], wish=Wish(), by=made.members[3], at=now())
    speaking.order(made.meeting, order="manual", by=made.chair, at=now())
    by = asker(made) if verb == "withdraw" else made.chair
    if MEETING.move("published", SPEECH_ASKS[verb]) and SPEECH.move("waiting", verb):
        ACTIONS[verb](speech, by=by, at=now())
    else:
        with pytest.raises(Refused, match="wrong_state"):
            ACTIONS[verb](speech, by=by, at=now())


@pytest.mark.parametrize("verb", VERBS)
def test_nothing_moves_after_the_end(verb):
    made, speech = ready("waiting")
    bring_to_close(made)
    for user in (made.chair, asker(made)):
        with pytest.raises(Refused):
            ACTIONS[verb](speech, by=user, at=now())


def bring_to_close(made):
    room.close_room(made.meeting, by=made.chair, at=now())
    made.reread()


ENTRIES: dict[str, tuple[str, tuple[str, ...], Callable[..., dict[str, str]]]] = {
    "ask_to_speak": ("reader", ("published", "open"), lambda made: {"item": str(made.items[1].public_id)}),
    "order_queue": ("conductor", ("published", "open"), lambda made: {"order": "manual"}),
    "give_floor": (
        "conductor",
        ("open",),
        lambda made: {"item": str(made.items[1].public_id), "person": str(made.place(made.guest).public_id)},
    ),
}


@pytest.mark.parametrize("name", ENTRIES)
@pytest.mark.parametrize("state", ["draft", "published", "open", "closed", "cancelled"])
def test_asking_ordering_giving(state, name):
    who, states, data = ENTRIES[name]
    made = at_stage(state)
    allowed = [role for role in REAL if state in states and role in WHO[who]]
    for role in (role for role in REAL if role not in allowed):
        with pytest.raises((Refused, Unseen)):
            sent(made, name, data(made), made.user(role))
    for place, role in enumerate(allowed):
        made = made if place == 0 else at_stage(state)
        sent(made, name, data(made), made.user(role))


def at_stage(state):
    """A meeting in the state, everybody in the room where it has been opened."""
    made = world("open" if state == "closed" else state)
    if made.meeting.state == "open":
        check_in(made, made.guest, *made.everyone())
    if state == "closed":
        bring_to_close(made)
    return made
