"""The pure parts: frames, patches, outlets, pacing."""

import asyncio
import json
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live import frames
from live.ephemeral import Allowance, Ticker, Told
from live.frames import BadFrame, Frame, Message
from live.outlet import LONGEST_BACKLOG, SendOutlet
from live.patch import merged
from live.room import Room
from live.wire import text_frame

NAMES = st.sampled_from("abc")
STATES = st.recursive(
    st.booleans() | st.integers(0, 9) | st.text(max_size=2) | st.lists(st.integers(0, 3), max_size=2),
    lambda inner: st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=6,
)
OBJECTS = st.dictionaries(NAMES, STATES, max_size=3)
PATCHES = st.dictionaries(
    NAMES, st.recursive(st.none() | STATES, lambda inner: st.dictionaries(NAMES, inner, max_size=3)), max_size=3
)
NOON = datetime(2026, 11, 21, 5, tzinfo=UTC)


@given(OBJECTS, st.lists(PATCHES, max_size=6), st.integers(0, 6))
def test_applying_events_again_that_a_snapshot_already_shows_changes_nothing(
    state: Any, patches: list[Any], start: int
) -> None:
    end = state
    for patch in patches:
        end = merged(end, patch)
    again = end
    for patch in patches[min(start, len(patches)) :]:
        again = merged(again, patch)
    assert again == end


@given(st.text(max_size=300), st.integers(0, 3))
def test_a_finished_frame_is_what_rfc_6455_asks_for(text: str, times: int) -> None:
    text = text * 10**times
    frame, payload = text_frame(text), text.encode()
    assert frame[0] == 0x81
    size = frame[1]
    start = 2 if size < 126 else 4 if size == 126 else 10
    length = size if size < 126 else int.from_bytes(frame[2:start], "big")
    assert length == len(payload)
    assert frame[start:] == payload


def test_each_view_gets_its_own_frame_and_everybody_else_the_common_one() -> None:
    by = uuid4()
    event = Frame(7, "said", NOON, by, {"": '{"a":1}', "chair": '{"a":2}', "guest": None})
    assert json.loads(event.message("").text) == {
        "seq": 7, "kind": "said", "at": "2026-11-21T05:00:00+00:00", "by": str(by), "data": {"a": 1},
    }  # fmt: skip
    assert json.loads(event.message("chair").text)["data"] == {"a": 2}
    assert json.loads(event.message("guest").text) == {"seq": 7, "kind": "skip"}
    assert json.loads(event.message("", "me").text)["stream"] == "me"
    assert event.message("") is event.message("")


@given(st.text() | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(json.dumps))
def test_no_text_breaks_the_reading_of_commands(text: str) -> None:
    with pytest.raises(BadFrame):
        frames.request(text)


@pytest.mark.parametrize("data", ['{"t": "\\u0000"}', '{"t": "\\ud800"}', "[]", "1"])
def test_what_no_database_could_store_is_refused(data: str) -> None:
    request_id = str(uuid4())
    with pytest.raises(BadFrame) as refused:
        frames.request(f'{{"id": "{request_id}", "do": "say", "data": {data}}}')
    assert refused.value.request_id == request_id


class Server:
    """An ASGI `send` that can be made to wait."""

    def __init__(self) -> None:
        self.sent: list[str] = []
        self.open = asyncio.Event()
        self.open.set()

    async def send(self, message: dict[str, Any]) -> None:
        await self.open.wait()
        await asyncio.sleep(0) if len(self.sent) % 3 == 2 else None
        self.sent.append(message["text"])


@given(st.lists(st.booleans(), max_size=40))
def test_an_outlet_keeps_the_order_however_the_server_waits(steps: list[bool]) -> None:
    async def run() -> None:
        server = Server()
        lost: list[int] = []
        outlet = SendOutlet(server.send, lost.append)
        for number, wait in enumerate(steps):
            if wait:
                server.open.clear()
            outlet.write(Message(str(number)))
            if number % 4 == 3:
                server.open.set()
                await asyncio.sleep(0)
        server.open.set()
        for _ in range(200):
            await asyncio.sleep(0)
        assert server.sent == [str(number) for number in range(len(steps))]
        assert not lost

    asyncio.run(run())


async def test_a_reader_who_takes_nothing_is_given_up() -> None:
    server = Server()
    lost: list[int] = []
    server.open.clear()
    outlet = SendOutlet(server.send, lost.append)
    for number in range(LONGEST_BACKLOG + 10):
        outlet.write(Message(str(number)))
    assert lost == [1013]
    assert outlet.lost
    await asyncio.sleep(0)


async def test_the_newest_of_many_passing_frames_arrives() -> None:
    told: list[Any] = []
    ticker = Ticker(asyncio.get_running_loop(), lambda stream, one: told.append(one.frame["n"]))
    for number in range(50):
        ticker.send("room", Told({"n": number}), "counter")
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.3)
    assert told[0] == 0
    assert told[-1] == 49
    assert len(told) <= 5


def test_a_socket_may_send_so_many_passing_frames_and_no_more() -> None:
    allowance = Allowance(rate=10, burst=5)
    assert [allowance.spend(100.0) for _ in range(7)] == [True] * 5 + [False] * 2
    assert allowance.spend(100.15)
    assert not allowance.spend(100.15)


@given(st.integers(0, 20), st.integers(0, 20), st.integers(0, 25))
def test_a_room_knows_how_far_its_memory_reaches(kept: int, older: int, since: int) -> None:
    events = [Frame(seq, "said", NOON, None, {"": "{}"}) for seq in range(1, older + kept + 1)]
    room = Room("e", older)
    if kept:
        room.deliver(events[older:])
    room.remember(events[:older])
    found = room.since(since)
    if since <= room.last:
        assert found is not None
        assert [frame.seq for frame in found] == list(range(since + 1, room.last + 1))
    else:
        assert found is None


def test_of_ones_own_stream_less_is_kept() -> None:
    events = [Frame(seq, "said", NOON, None, {"": "{}"}) for seq in range(1, 101)]
    own, hall = Room("e", 0, shared=False), Room("e", 0)
    for room in (own, hall):
        room.deliver(events)
    assert hall.since(0) == events
    assert own.since(0) is None
    assert own.since(70) == events[70:]
