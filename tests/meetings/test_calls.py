"""Calls from the seats: who may do what, what everybody learns of it, and what two people at once may not break."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.db import connection

from ledger.models import AuditEntry
from ledger.verdict import Refused, Unseen
from live.models import Event
from meetings.actions import participants, seat_requests
from meetings.commands.obeying import obey
from meetings.commands.orders import Order
from meetings.details import Seat
from meetings.models import Meeting, Participant, SeatRequest
from meetings.patches import personal_stream
from meetings.queries.calls import get_visible_call, served_meetings, with_waiting
from meetings.rules.calls import MESSAGES_A_MINUTE, REQUESTS_A_MINUTE
from meetings.snapshot.calls import SECRETARY, SERVER, support_snapshot, support_stream
from meetings.snapshot.own import personal_snapshot
from meetings.workflow import CALL
from tests.live.sync_proof import assert_synced
from tests.meetings.factories import now, world

pytestmark = pytest.mark.django_db

ROLES = ("clerk", "leader", "chair", "secretary", "member", "self", "guest", "stranger")
VERBS = tuple(dict.fromkeys(row.verb for row in CALL.moves))
ACTIONS = {"take": seat_requests.take, "settle": seat_requests.settle, "withdraw": seat_requests.withdraw}
# A second tap of the same person that finds everything as asked is answered yes.
AGAIN = {("settled", "settle"): "server", ("taken", "take"): "server", ("withdrawn", "withdraw"): "self"}


def called(made, kind="water", text="", user=None, at=None):
    user = user or made.members[0]
    return seat_requests.call_service(made.place(user), kind=kind, text=text, by=user, at=at or now())


def ready(state, kind="water"):
    """A call in the state; the clerk serves the rooms."""
    made = world("open", members=4)
    call = called(made, kind, "Nhờ in thêm tài liệu" if kind == "message" else "")
    server = made.secretary if kind == "message" else made.clerk
    for verb, by in {"taken": [("take", server)], "settled": [("take", server), ("settle", server)]}.get(state, []):
        call = ACTIONS[verb](call, by=by, at=now())
    if state == "withdrawn":
        call = seat_requests.withdraw(call, by=made.members[0], at=now())
    return made, call


def user_of(made, role):
    return made.members[0] if role == "self" else made.members[1] if role == "member" else made.user(role)


def allowed(state, verb, kind):
    row = CALL.move(state, verb)
    serving = {"secretary"} if kind == "message" else {"secretary", "clerk"}
    if row is None:
        server = "secretary" if kind == "message" else "clerk"
        return {"server": {server}, "self": {"self"}}.get(AGAIN.get((state, verb)), set())
    return {"self"} if row.who == "self" else serving


@pytest.mark.parametrize("kind", ["water", "message"])
@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("state", CALL.states())
def test_every_role_at_every_verb(state, verb, kind):
    made, call = ready(state, kind)
    may = allowed(state, verb, kind)
    for role in (role for role in ROLES if role not in may):
        left = AuditEntry.objects.count(), Event.objects.count()
        with pytest.raises(Refused):
            ACTIONS[verb](call, by=user_of(made, role), at=now())
        order = Order(f"{verb}_call", {"call": str(call.public_id)}, uuid4(), user_of(made, role), now())
        with pytest.raises((Refused, Unseen)):
            obey(made.meeting, order)
        assert (AuditEntry.objects.count(), Event.objects.count()) == left, role
    for role in may:
        made, call = ready(state, kind)
        order = Order(f"{verb}_call", {"call": str(call.public_id)}, uuid4(), user_of(made, role), now())
        assert obey(made.meeting, order) == obey(made.meeting, order)


def proved(made, act):
    """What `act` does is told completely: to both views of who serves, and to each person."""
    meeting = made.meeting
    views = {view: partial(support_snapshot, meeting, view) for view in (SECRETARY, SERVER)}
    streams = {support_stream(meeting): views}
    for user in [*made.everyone(), made.guest]:
        streams[personal_stream(meeting, user.pk)] = {"": partial(personal_snapshot, meeting, user)}
    return assert_synced(streams, act)


def test_everything_is_told():
    made = world("open")
    clerk, member = made.clerk, made.members[0]
    Participant.objects.filter(pk=made.place(member).pk).update(seat="B2")
    water = proved(made, lambda: called(made))
    proved(made, lambda: seat_requests.take(water, by=clerk, at=now()))
    proved(made, lambda: seat_requests.settle(water, answer="Đã mang tới", by=clerk, at=now()))
    again = proved(made, lambda: called(made, text="Nước ấm"))
    proved(made, lambda: seat_requests.withdraw(again, by=member, at=now()))
    message = proved(made, lambda: called(made, "message", "Xin gặp thư ký sau mục 2"))
    assert str(message.public_id) not in support_snapshot(made.meeting, SERVER)["calls"]
    proved(made, lambda: seat_requests.settle(message, answer="Vâng", by=made.secretary, at=now()))
    shown = support_snapshot(made.meeting, SECRETARY)["calls"]
    assert shown[str(water.public_id)]["seat"] == "B2"
    assert shown[str(water.public_id)]["answer"] == "Đã mang tới"
    assert personal_snapshot(made.meeting, member)["calls"][str(message.public_id)]["answer"] == "Vâng"
    assert personal_snapshot(made.meeting, made.members[1])["calls"] == {}


def test_the_words_stand_in_no_record():
    made = world("open")
    words = "Tôi thấy không khỏe, xin về sớm"
    message = called(made, "message", words)
    seat_requests.settle(message, answer="Chúc đồng chí mau khỏe", by=made.secretary, at=now())
    entries = AuditEntry.objects.values_list("data", flat=True)
    assert not [data for data in entries if words in str(data) or "mau khỏe" in str(data)]
    bodies = Event.objects.filter(stream__key=support_stream(made.meeting)).values_list("bodies", flat=True)
    assert all(body[SERVER] is None for body in bodies)


def test_one_call_of_a_kind_stands_and_messages_have_a_measure():
    made = world("open")
    at = now()
    called(made)
    with pytest.raises(Refused, match="called_already"):
        called(made)
    called(made, "technician")
    for number in range(MESSAGES_A_MINUTE):
        called(made, "message", f"Tin {number}", at=at)
    with pytest.raises(Refused, match="too_many_messages"):
        called(made, "message", "Thêm", at=at)
    called(made, "message", "Thêm", at=at + timedelta(seconds=61))


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        ("coffee", "", "call_kind_unknown"),
        ("message", "  ", "call_words_missing"),
        ("other", "", "call_words_missing"),
        ("water", "x" * 501, "text_too_long"),
        ("water", "a\0b", "text_unusable"),
    ],
)
def test_what_is_wrong_is_said(kind, text, code):
    made = world("open")
    with pytest.raises(Refused, match=code):
        called(made, kind, text)


def test_who_serves_finds_the_rooms_and_nothing_else():
    made, other = world("open"), world("open")
    call, message = called(made), called(made, "message", "Riêng")
    assert list(served_meetings(made.clerk)) == [made.meeting]
    assert list(served_meetings(made.secretary)) == [made.meeting]
    for user in (made.chair, made.members[0], made.guest, made.stranger, other.clerk):
        assert made.meeting not in served_meetings(user)
    assert with_waiting(served_meetings(made.clerk)).values_list("calls_waiting", flat=True).get() == 1
    assert get_visible_call(made.clerk, made.meeting, call.public_id) == call
    assert get_visible_call(made.secretary, made.meeting, message.public_id) == message
    for user, hidden in ((made.clerk, message), (made.members[1], call), (other.clerk, call), (made.chair, call)):
        with pytest.raises(Unseen):
            get_visible_call(user, made.meeting, hidden.public_id)


def test_a_draft_has_no_room_to_serve():
    made = world("draft")
    assert made.meeting not in served_meetings(made.clerk)


def test_a_call_keeps_where_it_came_from():
    made = world("open")
    place = made.place(made.members[0])
    participants.change(place, seat=Seat("member", votes=True, seat="A1"), by=made.clerk, at=now())
    call = called(made)
    participants.change(made.place(place.user), seat=Seat("member", votes=True, seat="C3"), by=made.clerk, at=now())
    call.refresh_from_db()
    assert call.seat == "A1"


@pytest.mark.parametrize("size", [1, 3])
def test_more_calls_cost_no_more_queries(size, django_assert_max_num_queries):
    made = world("open", members=4)
    for user in made.members[:size]:
        called(made, user=user)
    with django_assert_max_num_queries(1):
        assert len(support_snapshot(made.meeting, SECRETARY)["calls"]) == size


@pytest.mark.django_db(transaction=True)
def test_two_taps_at_once_make_one_call():
    made = world("open")
    outcomes = at_once([partial(called, made) for _ in range(4)])
    assert sorted(outcomes).count("done") == 1
    assert SeatRequest.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_a_call_up_one_is_on_the_way():
    made = world("open")
    call = called(made)
    outcomes = at_once([partial(seat_requests.take, call, by=by, at=now()) for by in (made.clerk, made.secretary)])
    assert sorted(outcomes) == ["done", "wrong_state"]


def at_once(works):
    """Do everything at the same time, each on a connection of its own; return what became of each."""

    def outcome(work):
        try:
            work()
        except Refused as refused:
            return refused.code
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(works)) as threads:
        return list(threads.map(outcome, works))


def test_who_serves_by_office_leaves_a_meeting_a_day_after_it_is_over():
    made = world("closed")
    assert made.meeting in served_meetings(made.clerk)
    Meeting.objects.filter(pk=made.meeting.pk).update(closed_at=now() - timedelta(days=1, minutes=1))
    assert made.meeting not in served_meetings(made.clerk)
    assert made.meeting in served_meetings(made.secretary)
    never = world("published")
    early = now() - timedelta(days=2)
    Meeting.objects.filter(pk=never.meeting.pk).update(starts_at=early, ends_at=early + timedelta(hours=1))
    assert never.meeting not in served_meetings(never.clerk)


def test_calls_of_every_kind_have_a_measure():
    made, at = world("open"), now()
    for _ in range(REQUESTS_A_MINUTE):
        seat_requests.withdraw(called(made, at=at), by=made.members[0], at=at)
    with pytest.raises(Refused, match="too_many_requests"):
        called(made, at=at)
    assert called(made, user=made.members[1], at=at).state == "waiting"
    assert called(made, at=at + timedelta(minutes=1)).state == "waiting"
