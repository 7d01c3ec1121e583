"""A vote in full swing on a real server: its count moves calmly, what the chair does is seen at once and in order."""

import asyncio
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection

from live.patch import merged
from tests.load.fallback import hall, socket_of
from tests.load.seats import Crowd, Seat
from tests.servers.app import AppServer, app_server

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("browser")]
MEMBERS, SECONDS, ACTS = 24, 2.0, 3
CHOICES = ("yes", "no", "abstain")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppServer]:
    folder: Path = tmp_path_factory.mktemp("busy") / "data"
    with app_server(data_dir=folder, arguments=["--no-worker", "--prepare"], DEMO="0") as running:
        yield running


class Watcher:
    """A member's page that notes when it heard what."""

    def __init__(self) -> None:
        self.state: dict[str, Any] = {}
        self.seq = -1
        self.heard: list[tuple[float, dict[str, Any]]] = []

    async def listen(self, socket: ClientConnection) -> None:
        """Apply what comes."""
        async for text in socket:
            frame = json.loads(text)
            if "seq" not in frame or "kind" not in frame or "stream" in frame:
                continue
            assert frame["kind"] == "snapshot" or frame.get("from", frame["seq"]) <= self.seq + 1
            self.heard.append((time.perf_counter(), frame))
            if frame["kind"] == "snapshot":
                self.state, self.seq = frame["data"], frame["seq"]
            elif frame["seq"] > self.seq:
                self.state, self.seq = merged(self.state, frame.get("data", {})), frame["seq"]


def keep_voting(crowd: Crowd, vote: str) -> list[int]:
    """Let everybody but the chair cast again upon each answer; return how many answers there were, as it grows."""
    answers = [0]

    def answered(seat: Seat, text: bytes) -> None:
        if not text.startswith(b'{"ack"'):
            assert b"vote_closed" in text
            return
        answers[0] += 1
        seat.turn += 1
        asyncio.get_running_loop().call_later(0.02, cast, seat)

    def cast(seat: Seat) -> None:
        seat.say(crowd.command("cast", {"vote": vote, "choice": CHOICES[seat.turn % 3]}))

    for seat in crowd.seats[1:]:
        seat.answered = answered
        cast(seat)
    return answers


async def watched(server: AppServer, room: dict[str, Any]) -> None:
    """Hold the vote, and look."""
    crowd, vote = Crowd(server.port, room["path"], room["cookies"]), room["votes"][0]
    await crowd.arrive()
    watcher, late = Watcher(), Watcher()
    socket = await socket_of(server.port, room["path"], room["cookies"][1])
    listening = [asyncio.ensure_future(watcher.listen(socket))]
    await crowd.ask("open_vote", {"vote": vote})
    answers, start = keep_voting(crowd, vote), time.perf_counter()
    acts: list[float] = []
    for number in range(ACTS):
        await asyncio.sleep(SECONDS / ACTS)
        asked = time.perf_counter()
        await crowd.ask("conclude", {"text": f"Kết luận {number}"})
        while not (told := [at for at, frame in watcher.heard if f"Kết luận {number}" in str(frame)]):
            assert time.perf_counter() - asked < 5
            await asyncio.sleep(0.01)
        acts.append(told[0] - asked)
    end = time.perf_counter()
    await crowd.ask("close_vote", {"vote": vote})
    await crowd.ask("declare_vote", {"vote": vote})
    other = await socket_of(server.port, room["path"], room["cookies"][2])
    listening.append(asyncio.ensure_future(late.listen(other)))
    await asyncio.sleep(0.6)
    kinds = [frame["kind"] for at, frame in watcher.heard if start <= at <= end]
    assert answers[0] > 60
    assert kinds.count("conclusion.added") == ACTS
    assert kinds.count("vote.cast") <= 4 * (end - start) + 1 + ACTS, kinds  # one goes before each act
    assert kinds.count("vote.cast") >= 4
    assert max(acts) < 1
    assert sorted(acts)[1] < 0.25
    assert watcher.state == late.state
    assert watcher.state["votes"][vote]["result"]["cast"] == MEMBERS - 1
    for one in listening:
        one.cancel()


def test_a_busy_vote_counts_calmly_and_the_chair_is_seen_at_once(server: AppServer) -> None:
    asyncio.run(watched(server, hall(server, MEMBERS, 2)))
