"""Seat plans: nothing unsound gets in, generators draw exactly so many seats, numbering names each once."""

import json
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooms.plan import MOST_SEATS, Plan, Seat, Unsound, in_rows, letters, read, renumber
from rooms.quarters import QUARTER, quarters, rounded
from rooms.shapes import SHAPES, drawn

numbers = st.integers(0, 1000)
seats = st.lists(st.tuples(numbers, numbers), max_size=40).map(
    lambda places: tuple(Seat(f"S{number}", x, y) for number, (x, y) in enumerate(places))
)
plans = seats.map(lambda found: Plan(1000, 1000, found))
names = st.sampled_from(["id", "x", "y", "w", "h", "kind", "turn", "label", "width", "height", "seats", "things"])
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=8),
    max_leaves=30,
)


@given(anything)
def test_whatever_comes_in_is_a_sound_plan_or_a_reason(data):
    with suppress(Unsound):
        plan = read(data)
        assert read(plan.as_data()) == plan


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"width": 100}, "plan_area"),
        ({"width": float("nan")}, "plan_unreadable"),
        ({"width": True}, "plan_unreadable"),
        ({"seats": [{"id": "A1", "x": 1, "y": 1}] * 2}, "plan_number_twice"),
        ({"seats": [{"id": "A1", "x": 1, "y": 5000}]}, "plan_outside"),
        ({"seats": [{"id": "A1", "x": float("inf"), "y": 5}]}, "plan_unreadable"),
        ({"seats": [{"id": "A" * 11, "x": 1, "y": 5}]}, "plan_number_wrong"),
        ({"seats": [{"id": "A\x001", "x": 1, "y": 5}]}, "plan_number_wrong"),
        ({"seats": [{"id": "<b>", "x": 1, "y": 5}]}, "plan_number_wrong"),
        ({"seats": [{"id": f"{n}", "x": 1, "y": 5} for n in range(MOST_SEATS + 1)]}, "plan_many_seats"),
        ({"things": [{"kind": "bomb", "x": 1, "y": 1, "w": 50, "h": 50}]}, "plan_unreadable"),
        ({"things": [{"kind": "table", "x": 1, "y": 1, "w": 50, "h": 50, "label": "\x00"}]}, "plan_text_wrong"),
        ({"things": [{"kind": "table", "x": 1, "y": 1, "w": 50, "h": 50, "label": "\ud800"}]}, "plan_text_wrong"),
        ({"things": [{"kind": "table", "x": 1, "y": 1, "w": 50, "h": 50, "label": 7}]}, "plan_unreadable"),
        ({"seats": [{"id": "\ud800", "x": 1, "y": 5}]}, "plan_number_wrong"),
    ],
)
def test_what_is_wrong_is_named(change, code):
    with pytest.raises(Unsound) as wrong:
        read({"width": 1000, "height": 800, "seats": [], "things": [], **change})
    assert wrong.value.code == code
    assert str(wrong.value.values).encode()


@given(st.sampled_from(sorted(SHAPES)), st.integers(1, MOST_SEATS))
def test_generators_draw_exactly_so_many_seats_inside_the_room(shape, count):
    plan = drawn(shape, count)
    assert read(json.loads(json.dumps(plan.as_data()))) == plan
    assert len(plan.seats) == count
    assert len({(seat.x, seat.y) for seat in plan.seats}) == count
    assert [seat.kind for seat in plan.seats].count("chair") == 1
    assert [seat.kind for seat in plan.seats].count("secretary") == min(1, count - 1)


@given(plans, st.sampled_from(["letters", "numbers"]))
def test_numbering_moves_nobody_and_names_each_seat_once(plan, style):
    done = renumber(plan, style)
    assert [(seat.x, seat.y, seat.kind) for seat in done.seats] == [(seat.x, seat.y, seat.kind) for seat in plan.seats]
    assert len({seat.id for seat in done.seats}) == len(plan.seats)
    assert read(done.as_data()) == done


@given(plans, st.data())
def test_numbering_along_a_path_follows_it(plan, data):
    path = data.draw(st.lists(st.sampled_from([seat.id for seat in plan.seats]), unique=True)) if plan.seats else []
    before = {seat.id: (seat.x, seat.y) for seat in plan.seats}
    after = dict(zip(map(str, range(1, 41)), [before[one] for one in path], strict=False))
    done = renumber(plan, "numbers", [*path, "nobody"])
    assert {seat.id: (seat.x, seat.y) for seat in done.seats if seat.id in after} == after


@given(plans)
def test_rows_hold_every_seat_once(plan):
    found = in_rows(plan.seats)
    assert sorted(seat.id for row in found for seat in row) == sorted(seat.id for seat in plan.seats)


def test_rows_go_on_after_z():
    assert [letters(index) for index in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]


moments = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
lengths = st.timedeltas(timedelta(minutes=1), timedelta(hours=30))


@given(moments, lengths, moments, lengths)
def test_two_stretches_share_a_quarter_exactly_if_their_rounded_times_overlap(one, long, two, wide):
    shared = set(quarters(one, one + long)) & set(quarters(two, two + wide))
    begin, end = rounded(two, two + wide)
    assert bool(shared) == (one < end and one + long > begin)
    assert (end - begin) % QUARTER == timedelta(0)
