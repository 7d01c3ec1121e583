"""The outline of an agenda: labels, moves and the running clock keep their promises whatever is done."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.outline import (
    DEEPEST,
    STEPS,
    Row,
    branch,
    clock,
    covered,
    is_outline,
    labels,
    moved,
    put,
    removed,
    settled,
    spans,
)


def rows(*depths):
    return [Row(key, depth) for key, depth in enumerate(depths)]


outlines = st.lists(st.integers(0, DEEPEST), max_size=14).map(lambda depths: rows(*settled(depths)))


def parents(outline):
    """Under which row each one stands."""
    above: list = []
    found = {}
    for row in outline:
        above = above[: row.depth]
        found[row.key] = above[-1] if above else None
        above.append(row.key)
    return found


def depths_of(outline):
    return [row.depth for row in outline]


@given(outlines)
def test_what_is_settled_is_an_outline_and_stays(outline):
    assert is_outline(depths_of(outline))
    assert settled(depths_of(outline)) == depths_of(outline)


@given(outlines, st.data())
def test_a_move_keeps_all_rows_and_everybody_elses_parent(outline, data):
    if not outline:
        return
    key = data.draw(st.sampled_from([row.key for row in outline]))
    after = data.draw(st.sampled_from([None, *(row.key for row in outline)]))
    result = moved(outline, key, after=after, depth=data.draw(st.integers(-3, 9)))
    check(outline, result, key)


@given(outlines, st.sampled_from(sorted(STEPS)), st.data())
def test_a_step_keeps_all_rows_and_everybody_elses_parent(outline, step, data):
    if not outline:
        return
    key = data.draw(st.sampled_from([row.key for row in outline]))
    check(outline, STEPS[step](outline, key), key)


def check(before, after, key):
    assert is_outline(depths_of(after))
    assert sorted(row.key for row in after) == sorted(row.key for row in before)
    under = {row.key for row in branch(before, key)}
    was, now = parents(before), parents(after)
    flattened = max((row.depth for row in branch(after, key)), default=0) == DEEPEST
    for other in was:
        if other not in under or (other != key and not flattened):
            assert now[other] == was[other]
    order = [row.key for row in before if row.key not in under]
    assert [row.key for row in after if row.key not in under] == order
    assert {row.key for row in branch(after, key)} >= under or flattened


@given(outlines, st.data())
def test_up_and_down_undo_each_other(outline, data):
    if not outline:
        return
    key = data.draw(st.sampled_from([row.key for row in outline]))
    for step, back in (("up", "down"), ("down", "up"), ("in", "out")):
        changed = STEPS[step](outline, key)
        if changed != outline:
            assert STEPS[back](changed, key) == outline


@given(outlines, st.data())
def test_what_was_removed_comes_back_where_it_was(outline, data):
    if not outline:
        return
    key = data.draw(st.sampled_from([row.key for row in outline]))
    taken = branch(outline, key)
    before = [row.key for row in outline][: [row.key for row in outline].index(key)]
    left = removed(outline, key)
    assert is_outline(depths_of(left))
    assert put(left, taken, after=before[-1] if before else None, depth=taken[0].depth) == outline


@given(outlines, st.integers(-2, 9))
def test_after_something_gone_it_goes_to_the_end(outline, depth):
    result = put(outline, [Row("new", 0)], after="gone", depth=depth)
    assert [row.key for row in result] == [*(row.key for row in outline), "new"]
    assert is_outline(depths_of(result))


@given(outlines)
def test_labels_are_different_and_in_order(outline):
    found = [tuple(int(part) for part in label.split(".")) for label in labels(depths_of(outline))]
    assert found == sorted(set(found))
    assert [len(label) - 1 for label in found] == depths_of(outline)


def test_labels_as_written_on_agendas():
    assert labels([0, 1, 1, 2, 0, 1]) == ["1", "1.1", "1.2", "1.2.1", "2", "2.1"]


@given(outlines, st.data())
def test_the_clock_never_runs_backwards(outline, data):
    depths = depths_of(outline)
    minutes = data.draw(st.lists(st.integers(0, 90), min_size=len(depths), max_size=len(depths)))
    starts, total = clock(depths, minutes)
    assert starts == sorted(starts)
    assert not starts or (starts[0] == 0 and starts[-1] + spans(depths, minutes)[-1] <= total)
    leaves = sum(
        minute for place, minute in enumerate(minutes) if place + 1 == len(depths) or depths[place + 1] <= depths[place]
    )
    assert total >= leaves


def test_planned_minutes_of_a_heading_give_way_to_those_under_it():
    assert clock([0, 1, 1, 0], [60, 15, 20, 10]) == ([0, 0, 15, 35], 45)
    assert clock([0, 1, 1, 0], [60, 0, 0, 10]) == ([0, 0, 0, 60], 70)


@given(outlines, st.data())
def test_what_stands_under_a_hidden_row_is_hidden(outline, data):
    depths = depths_of(outline)
    hidden = data.draw(st.lists(st.booleans(), min_size=len(depths), max_size=len(depths)))
    above, found = parents(outline), covered(depths, hidden)
    for row in outline:
        parent = above[row.key]
        assert found[row.key] == (hidden[row.key] or (parent is not None and found[parent]))
    shown = [depth for depth, cover in zip(depths, found, strict=True) if not cover]
    assert is_outline(shown)


@pytest.mark.parametrize(
    ("step", "key", "order", "depths"),
    [
        ("up", 3, [3, 0, 1, 2], [0, 0, 1, 1]),
        ("down", 0, [3, 0, 1, 2], [0, 0, 1, 1]),
        ("in", 3, [0, 1, 2, 3], [0, 1, 1, 1]),
        ("in", 2, [0, 1, 2, 3], [0, 1, 2, 0]),
        ("out", 1, [0, 2, 1, 3], [0, 1, 0, 0]),
        ("in", 0, [0, 1, 2, 3], [0, 1, 1, 0]),
        ("out", 0, [0, 1, 2, 3], [0, 1, 1, 0]),
    ],
)
def test_steps_as_keys_do_them(step, key, order, depths):
    result = STEPS[step](rows(0, 1, 1, 0), key)
    assert [row.key for row in result] == order
    assert depths_of(result) == depths
