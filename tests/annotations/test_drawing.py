"""Strokes while they are drawn: one frame per stream and 50 ms, its points shared fairly by all who draw."""

import asyncio
from itertools import pairwise
from typing import Any
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from annotations import drawing
from annotations.drawing import POINTS_A_FRAME, DrawData, Drawing, Growing, stroke_in, thinned
from annotations.drawing_budget import EVERY, SLOWEST, fair_shares, pause_after
from live.frames import Request

WAITING = st.dictionaries(st.integers(0, 30), st.integers(0, 900), max_size=20)


@given(WAITING, st.integers(0, 600))
def test_shares_are_fair_and_use_the_whole_budget(waiting, budget):
    shares = fair_shares(waiting, budget)
    assert shares.keys() == waiting.keys()
    assert sum(shares.values()) == min(budget, sum(waiting.values()))
    assert all(0 <= shares[who] <= waiting[who] for who in waiting)
    short = [shares[who] for who in waiting if shares[who] < waiting[who]]
    if short:
        assert max(shares.values()) - min(short) <= 1


@given(st.floats(0, 100), st.floats(0, 100))
def test_who_is_behind_shows_growing_strokes_less_often(one, other):
    assert EVERY <= pause_after(min(one, other)) <= pause_after(max(one, other)) <= SLOWEST
    assert pause_after(0.004) == EVERY


def piece(stroke, points, **more):
    style = {"colour": "#c62828", "width": 2, "opacity": 1}
    place = {"document": uuid4(), "version": uuid4(), "page": 1, "to": {"circle": "meeting:x"}}
    return DrawData.model_validate({**place, "stroke": stroke, "style": style, "points": points, **more})


async def test_one_frame_for_all_and_nothing_is_lost(monkeypatch):
    told = []

    class Hub:
        def ephemeral(self, stream, frame):
            told.append((asyncio.get_running_loop().time(), stream, frame["data"]["strokes"]))

    monkeypatch.setattr(drawing, "current_hub", Hub)
    gathering = Drawing(asyncio.get_running_loop())
    strokes = {f"người {n}": uuid4() for n in range(10)}
    for _ in range(4):
        for by, stroke in strokes.items():
            gathering.add("notes:1:x", by, by, piece(stroke, [1, 2, 0.5] * 20))
        await asyncio.sleep(0.02)
    for by, stroke in strokes.items():
        gathering.add("notes:1:x", by, by, piece(stroke, [], end=True))
    await asyncio.sleep(0.4)
    sums = dict.fromkeys(strokes, 0)
    for _, _, pieces in told:
        assert sum(len(one["points"]) for one in pieces) <= POINTS_A_FRAME * 3
        for one in pieces:
            sums[one["by"]] += len(one["points"]) // 3
    assert set(sums.values()) == {80}
    assert {one["stroke"] for _, _, pieces in told for one in pieces if one.get("end")} == set(
        map(str, strokes.values())
    )
    times = [at for at, _, _ in told]
    assert all(later - before > 0.04 for before, later in pairwise(times))
    assert not gathering._due


def test_what_cannot_be_read_is_no_stroke():
    good = piece(uuid4(), [1, 2, 3]).model_dump(mode="json")
    assert stroke_in(Request(None, "draw", good)) is not None
    changes: tuple[dict[str, Any], ...] = (
        {"points": [1, 2]},
        {"points": ["x"] * 3},
        {"points": [1e9] * 3},
        {"to": {"people": []}},
        {"page": 0},
    )
    for change in changes:
        assert stroke_in(Request(None, "draw", {**good, **change})) is None


def test_too_much_is_thinned_and_keeps_its_end():
    points = [float(n) for n in range(30)]
    assert thinned(points)[-3:] == points[-3:]
    assert len(thinned(points)) == 18
    growing = Growing({"stroke": str(UUID(int=1))}, points, end=True)
    assert "end" not in growing.take(2)
    assert growing.take(8)["end"] is True
