"""Counters wait for each other, acts for nobody: pure parts, and a busy room on a real server."""

import asyncio
import json
import time
from collections import Counter
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live.frames import Frame
from live.lanes import PAUSE, together
from live.patch import NotOnePatch, composed, merged
from live.room import Room, Subscription
from tests.live.board import COUNTED
from tests.live.conftest import Place
from tests.live.rooms import Tablet, room_server, until
from tests.live.test_cores import OBJECTS, PATCHES

NOON = datetime(2026, 11, 21, 5, tzinfo=UTC)
SERVERS = ["daphne", "uvicorn"]


@given(OBJECTS, PATCHES, PATCHES)
def test_a_composed_patch_does_what_the_two_do(state: Any, first: Any, second: Any) -> None:
    try:
        both = composed(first, second)
    except NotOnePatch:
        assert begins_anew(first, second)
    else:
        assert not begins_anew(first, second)
        assert merged(state, both) == merged(merged(state, first), second)


def begins_anew(first: Any, second: Any) -> bool:
    """Does the second put an object where the first left none?"""
    shared = first.keys() & second.keys()
    pairs = [(first[name], second[name]) for name in shared if isinstance(second[name], dict)]
    return any(not isinstance(one, dict) or begins_anew(one, other) for one, other in pairs)


def counted(seq: int, **more: Any) -> Frame:
    """Return the event of a counter; guests do not see it."""
    bodies = {"": json.dumps({"n": seq, "each": {str(seq): True}}), "guest": None}
    return Frame(seq, COUNTED, NOON, uuid4(), bodies | more)


def said(seq: int) -> Frame:
    """Return the event of an act."""
    return Frame(seq, "said", NOON, uuid4(), {"": json.dumps({"said": {str(seq): "x"}})})


def test_several_events_become_one_frame_for_each_view() -> None:
    (one,) = together([counted(4), counted(5, chair='{"n":50}'), counted(6)])
    assert json.loads(one.text("")) == {
        "seq": 6, "from": 4, "kind": COUNTED, "at": NOON.isoformat(), "by": "",
        "data": {"n": 6, "each": {"4": True, "5": True, "6": True}},
    }  # fmt: skip
    assert json.loads(one.text("chair"))["data"] == {"n": 6, "each": {"4": True, "6": True}}
    assert json.loads(one.text("guest", "me")) == {"stream": "me", "seq": 6, "from": 4, "kind": "skip"}


def test_one_event_stays_what_it_is_and_what_no_patch_can_say_stays_several() -> None:
    single = [counted(4)]
    assert together(single) is single
    gone = [counted(4), counted(5, chair='{"each":null}'), counted(6)]
    assert together(gone) is gone


class Page:
    """Takes frames in as a page does; a gap is an error."""

    lost = False

    def __init__(self, room: Room, view: str = "") -> None:
        self.room, self.seq = room, room.last
        self.state: dict[str, Any] = {}
        self.frames: list[Any] = []
        outlet: Any = self
        self.subscription = Subscription("s", outlet, view, "")
        room.holding.add(self.subscription)

    def write(self, message: Any) -> None:
        """Take one frame."""
        frame = json.loads(message.text)
        self.frames.append(frame)
        assert frame.get("from", frame["seq"]) <= self.seq + 1, (frame, self.seq)
        if frame["seq"] > self.seq:
            self.state, self.seq = merged(self.state, frame.get("data", {})), frame["seq"]


def came(room: Room, view: str = "") -> Page:
    """Let a page follow."""
    page = Page(room, view)
    room.release(page.subscription)
    return page


async def test_counters_wait_for_each_other_and_acts_for_nobody() -> None:
    room = Room("e", 0)
    page, guest = came(room), came(room, "guest")
    room.deliver([counted(1)])
    assert page.seq == 1  # after a pause the first goes out at once
    for seq in range(2, 6):
        room.deliver([counted(seq)])
    assert page.seq == 1
    room.deliver([said(6), counted(7)])
    assert [frame["seq"] for frame in page.frames] == [1, 5, 6]
    assert [frame["kind"] for frame in page.frames] == [COUNTED, COUNTED, "said"]
    await asyncio.sleep(PAUSE + 0.1)
    assert [frame["seq"] for frame in page.frames] == [1, 5, 6, 7]
    assert page.state == {"n": 7, "each": {str(n): True for n in (1, 2, 3, 4, 5, 7)}, "said": {"6": "x"}}
    assert [(frame["kind"], frame.get("from")) for frame in guest.frames] == [
        ("skip", None), ("skip", 2), ("said", None), ("skip", None),
    ]  # fmt: skip


async def test_a_busy_stream_shows_four_frames_a_second() -> None:
    room = Room("e", 0)
    page, start = came(room), time.monotonic()
    seq = 0
    while time.monotonic() - start < 1:
        seq += 1
        room.deliver([counted(seq)])
        await asyncio.sleep(0.01)
    await asyncio.sleep(PAUSE + 0.1)
    assert len(page.frames) <= 6
    assert page.state == {"n": seq, "each": {str(n): True for n in range(1, seq + 1)}}


@pytest.mark.parametrize("seconds", [0.0, PAUSE + 0.1])
async def test_who_comes_or_is_held_in_between_has_it_all(seconds: float) -> None:
    room = Room("e", 0)
    held, ahead = came(room), came(room)
    room.deliver([counted(1)])
    room.deliver([counted(2)])
    late = Page(room)
    late.state = {"n": 2, "each": {"1": True, "2": True}}  # the snapshot
    room.hold(held.subscription)
    room.deliver([counted(3)])
    await asyncio.sleep(seconds)
    room.release(held.subscription)
    room.release(late.subscription)
    room.deliver([counted(4)])
    room.deliver([counted(5), said(6)])
    for page in (held, late, ahead):
        assert page.seq == room.last == 6
        assert page.state == {"n": 5, "each": {str(n): True for n in range(1, 6)}, "said": {"6": "x"}}
    assert room.since(3)[0].seq == 4  # type: ignore[index]


@given(st.lists(st.sampled_from("csshr"), max_size=30))
def test_in_whatever_order_nobody_misses_anything(steps: str) -> None:
    async def run() -> None:
        room, seq, state = Room("e", 0), 0, dict[str, Any]()
        pages = [came(room), came(room)]
        for number, step in enumerate(steps):
            page = pages[number % len(pages)]
            if step in "cs":
                seq += 1
                frame = counted(seq) if step == "c" else said(seq)
                state = merged(state, json.loads(frame.body("") or ""))
                room.deliver([frame])
            elif step == "h":
                room.hold(page.subscription)
            else:
                room.release(page.subscription)
                newcomer = Page(room)
                newcomer.state = state
                room.release(newcomer.subscription)
                pages.append(newcomer)
        for page in pages:
            room.release(page.subscription)
        seq += 1
        room.deliver([said(seq)])
        state = merged(state, {"said": {str(seq): "x"}})
        assert all((page.seq, page.state) == (seq, state) for page in pages)

    asyncio.run(run())


@pytest.mark.slow
@pytest.mark.parametrize("server", SERVERS)
async def test_a_busy_room_counts_calmly_and_acts_come_at_once(place: Place, server: str) -> None:
    with room_server(place.database, server) as (port, _):
        tablets = [await Tablet(port, place.user, view).arrive() for view in ("", "guest", "chair")]
        for tablet in tablets:
            await tablet.until(0)
        chair = tablets[2]
        times: list[float] = []
        for number in range(60):
            act = number % 20 == 19
            asked, request_id = time.monotonic(), str(uuid4())
            await chair.ask("say" if act else "count", {"text": "x"} if act else {}, request_id)
            await until(lambda request_id=request_id: request_id in chair.answers)
            if act:
                await until(lambda: all(tablet.seq >= number + 1 for tablet in tablets))  # noqa: B023
                times.append(time.monotonic() - asked)
            await asyncio.sleep(0.01)
        for tablet in tablets:
            await tablet.until(60)
        kinds = Counter(chair.kinds)
        assert kinds["said"] == 3
        assert kinds[COUNTED] < 30
        assert sorted(times)[1] < PAUSE
        late = await Tablet(port, place.user, "chair").arrive()
        await late.until(60)
        assert chair.state == late.state
        assert chair.state["counted"] == 57
        assert tablets[0].state["each"] == chair.state["each"]
        assert "counted" not in tablets[1].state
