"""Seats of a meeting: one person each, nobody's work lost, told to the room, orders that seat as they say."""

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from ledger.verdict import Refused
from meetings.actions import participants, replies, seating
from meetings.actions.seating import Step
from meetings.details import Seat as Details
from meetings.models import Participant
from meetings.seats import KIND_OF, ORDERS, ROLE_ORDER, Sitter, seated_by
from rooms.plan import Plan
from rooms.plan import Seat as PlanSeat
from rooms.shapes import drawn
from tests.meetings.factories import now, world
from tests.meetings.test_sync import proved
from tests.people.factories import person

pytestmark = pytest.mark.django_db

sitters = st.lists(
    st.builds(
        Sitter,
        key=st.uuids(),
        role=st.sampled_from(ROLE_ORDER),
        rank=st.tuples(st.integers(0, 3), st.integers(0, 3)),
        name=st.sampled_from("abcd"),
        unit=st.sampled_from("xy"),
    ),
    unique_by=lambda one: one.key,
    max_size=15,
)
seats = st.lists(st.sampled_from(sorted(set(KIND_OF.values()))), max_size=15).map(
    lambda kinds: [PlanSeat(str(number), number * 100, 100, kind) for number, kind in enumerate(kinds)]
)


@given(st.sampled_from(sorted(ORDERS)), sitters, seats)
def test_everybody_has_one_seat_and_the_seats_of_the_chair_stay_the_chairs(order, people, places):
    found = seated_by(order, people, places)
    kinds = {seat.id: seat.kind for seat in places}
    roles = {one.key: one.role for one in people}
    assert len(set(found.values())) == len(found)
    for key, number in found.items():
        assert kinds[number] in ("delegate", "guest") or kinds[number] == KIND_OF[roles[key]]
    if len(found) < len(people):
        open_left = [number for number, kind in kinds.items() if kind in ("delegate", "guest")]
        assert set(open_left) <= set(found.values())


def furnished(state="published", members=3):
    made = world(state, members=members)
    seating.furnish(made.meeting, name="Chữ U", layout=drawn("u", 12), by=made.clerk, at=now())
    return made


def key(made, user):
    return made.place(user).public_id


def test_seating_is_told_to_every_view():
    made = world("published")
    act = {"by": made.clerk, "at": now()}
    proved(made, lambda: seating.furnish(made.meeting, name="Chữ U", layout=drawn("u", 12), **act))
    first, second = made.members[:2]
    one, two = key(made, first), key(made, second)
    proved(made, lambda: seating.seat(made.meeting, steps={one: Step("", "5"), two: Step("", "6")}, **act))
    proved(made, lambda: seating.seat(made.meeting, steps={one: Step("5", "6"), two: Step("6", "5")}, **act))
    assert (made.place(first).seat, made.place(second).seat) == ("6", "5")
    for order in ORDERS:
        proved(made, lambda order=order: seating.seat_all(made.meeting, order=order, **act))
        assert made.place(made.chair).seat == "1"
        assert made.place(made.secretary).seat == "2"
    proved(made, lambda: seating.furnish(made.meeting, name="Nhỏ", layout=drawn("board", 2), **act))
    assert made.meeting.participants.exclude(seat="").count() == 2
    proved(made, lambda: seating.clear(made.meeting, **act))
    assert not made.meeting.participants.exclude(seat="").exists()


@pytest.mark.parametrize(
    ("steps", "code"),
    [
        ([("chair", "", "5"), ("secretary", "", "5")], "seat_taken"),
        ([("chair", "", "99")], "seat_unknown"),
        ([("chair", "3", "5")], "seats_changed"),
    ],
)
def test_what_cannot_be_seated(steps, code):
    made = furnished()
    given_steps = {key(made, getattr(made, who)): Step(seen, seat) for who, seen, seat in steps}
    with pytest.raises(Refused) as refusal:
        seating.seat(made.meeting, steps=given_steps, by=made.clerk, at=now())
    assert refusal.value.code == code


def test_the_constraint_and_the_form_of_participants():
    made = furnished()
    seating.seat(made.meeting, steps={key(made, made.chair): Step("", "1")}, by=made.clerk, at=now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Participant.objects.filter(pk=made.place(made.members[0]).pk).update(seat="1")
    with pytest.raises(Refused, match="seat_taken"):
        participants.change(made.place(made.members[0]), seat=Details("member", seat="1"), by=made.clerk, at=now())
    participants.remove(made.place(made.members[0]), by=made.clerk, at=now())


def test_a_substitute_sits_where_the_other_would_and_gives_the_seat_back():
    made = furnished()
    absent = made.members[0]
    seating.seat(made.meeting, steps={key(made, absent): Step("", "4")}, by=made.clerk, at=now())
    colleague = person(made.agency)
    sent = proved(
        made,
        lambda: replies.delegate(made.place(absent), to=colleague, basis="Đi công tác", by=absent, at=now()),
        colleague,
    )
    assert (sent.seat, made.place(absent).seat) == ("4", "")
    proved(made, lambda: participants.remove(made.place(colleague), by=made.clerk, at=now()), colleague)


def test_an_empty_plan_is_no_plan():
    made = world("draft")
    with pytest.raises(Refused, match="plan_without_seats"):
        seating.furnish(made.meeting, name="Trống", layout=Plan(1000, 1000), by=made.clerk, at=now())


WHO = {"clerk": True, "secretary": True, "chair": False, "leader": False, "member": False, "guest": False}


@pytest.mark.parametrize("role", sorted(WHO))
def test_who_may_seat_and_who_may_look(role, client):
    made = furnished()
    client.force_login(made.user(role))
    base = f"/meetings/{made.meeting.public_id}/seating/"
    assert client.get(base).status_code == 200
    assert client.get(f"{base}print/").status_code == 200
    expected = 200 if WHO[role] else 403
    assert client.get(f"{base}cards/").status_code == expected
    steps = {"steps": [[str(key(made, made.chair)), "", "1"]]}
    assert client.post(f"{base}seat/", steps, content_type="application/json").status_code == expected
    assert client.post(f"{base}all/", {"order": "rank"}).status_code == (302 if WHO[role] else 403)
    assert client.post(f"{base}plan/", {"shape": "u", "count": "9"}).status_code == (302 if WHO[role] else 403)


def test_strangers_find_nothing(client):
    made = furnished()
    client.force_login(made.user("stranger"))
    for page in ("", "print/", "cards/"):
        assert client.get(f"/meetings/{made.meeting.public_id}/seating/{page}").status_code == 404
    assert client.post(f"/meetings/{made.meeting.public_id}/seating/seat/", {}).status_code == 404


BAD = [
    b"",
    b"[]",
    b'{"steps": 1}',
    b'{"steps": [[1,2,3]]}',
    b'{"steps": [["x","",""]]}',
    b"[" * 5000,
    b'{"steps":[null]}',
]


@pytest.mark.parametrize("body", BAD)
def test_bad_steps_are_refused(body, client):
    made = furnished()
    client.force_login(made.user("clerk"))
    answer = client.post(f"/meetings/{made.meeting.public_id}/seating/seat/", body, content_type="application/json")
    assert answer.status_code == 403


def test_the_page_costs_the_same_for_many_people(client, django_assert_max_num_queries):
    counts = []
    for members in (1, 8):
        made = furnished(members=members)
        client.force_login(made.user("clerk"))
        client.get(f"/meetings/{made.meeting.public_id}/seating/")
        with django_assert_max_num_queries(100) as asked:
            client.get(f"/meetings/{made.meeting.public_id}/seating/")
        counts.append(len(asked))
    assert counts[0] == counts[1]
