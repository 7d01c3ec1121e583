"""Strokes while they are drawn: one frame per stream and 50 ms, its points shared fairly by all who draw."""

import asyncio
from itertools import pairwise
from typing import Any, cast
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from annotations import drawing, live_reading
from annotations.drawing import MOST_WATCHERS, POINTS_A_FRAME, DrawData, Drawing, Growing, stroke_in, thinned
from annotations.drawing_budget import EVERY, FRAMES_A_SECOND, SLOWEST, fair_shares, pause_after, pause_among
from annotations.live_reading import AT_ONCE, ReadingSession
from documents.models import Document
from live.frames import Request
from people.models import User

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


async def test_people_named_on_one_document_share_one_budget_of_frames(monkeypatch):
    told: list[tuple[float, str]] = []

    class Hub:
        def ephemeral(self, stream, frame):
            told.append((asyncio.get_running_loop().time(), stream))

    monkeypatch.setattr(drawing, "current_hub", Hub)
    loop = asyncio.get_running_loop()
    gathering, paper, began = Drawing(loop), uuid4(), loop.time()
    strokes, to = [uuid4() for _ in range(10)], {"people": [str(uuid4())]}
    while loop.time() - began < 1.1:
        for by, stroke in enumerate(strokes):
            for watcher in range(12):
                more = {"document": paper, "to": to}
                gathering.add(f"notes:1:user:{by}-{watcher}", str(by), "", piece(stroke, [1, 2, 0.5], **more))
        await asyncio.sleep(0.05)
    later = [stream for at, stream in told if at - began > 0.1]
    assert len({stream for _, stream in told}) == 120
    assert len(later) <= FRAMES_A_SECOND * 1.2
    await asyncio.sleep(1.2)
    assert not gathering._due
    assert not gathering._papers
    assert not gathering._named


def test_a_dozen_watch_one_at_the_full_pace():
    assert pause_among(MOST_WATCHERS) <= EVERY < pause_among(2 * MOST_WATCHERS)


async def test_a_page_that_names_ever_others_asks_for_one_set_a_second(monkeypatch):
    asked, at = [], [100.0]

    async def counted(work):
        asked.append(at[0])
        return [User(pk=7)]

    monkeypatch.setattr(live_reading, "in_thread", counted)
    monkeypatch.setattr(live_reading, "monotonic", lambda: at[0])
    page, paper = ReadingSession(cast("Any", None), {}), Document(pk=1)
    sets = [frozenset([uuid4()]) for _ in range(12)]
    for turn in range(400):
        await page._watching(paper, sets[turn % 2])
        at[0] += 0.05
    assert len(asked) <= 10  # twenty seconds, two sets, each asked again every five
    assert await page._watching(paper, sets[0]) == await page._watching(paper, sets[1]) == ["notes:1:user:7"]
    asked.clear()
    found = [await page._watching(paper, one) for one in sets[2:]]
    assert found == [["notes:1:user:7"]] * AT_ONCE + [[]] * 6
    assert len(asked) == AT_ONCE
    for one in sets[6:]:
        at[0] += 1
        assert await page._watching(paper, one) == ["notes:1:user:7"]
    assert len(page._watchers) == live_reading.MOST_WATCHED


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
