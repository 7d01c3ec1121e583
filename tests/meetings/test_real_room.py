"""The meeting's own room on a real server: a tablet that loses its socket ends where the others are."""

import json
import urllib.request
from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Any
from uuid import uuid4

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from live.patch import merged
from tests.servers.app import AppServer, app_server
from tests.servers.run import demo_data

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("browser")]
ROUNDS = 12


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppServer]:
    with app_server(data_dir=demo_data(tmp_path_factory.mktemp("room") / "data"), DEMO="1") as running:
        yield running


class Tablet:
    """One person's tablet: its token, its socket, the state it shows."""

    def __init__(self, server: AppServer, username: str) -> None:
        self.server, self.username = server, username
        people = json.loads((server.data_dir / "demo-people.json").read_text(encoding="utf-8"))
        password = next(person["password"] for person in people if person["username"] == username)
        self.token = self.ask("/api/v1/auth/token", {"username": username, "password": password})["token"]
        self.place: dict[str, Any] = {}
        self.state: Any = {}

    def ask(self, path: str, data: Any = None) -> Any:
        """Ask the API."""
        headers = {"Content-Type": "application/json"}
        headers |= {"Authorization": f"Bearer {self.token}"} if hasattr(self, "token") else {}
        body = json.dumps(data).encode() if data is not None else None
        request = urllib.request.Request(self.server.url + path, body, headers)
        with urllib.request.urlopen(request, timeout=10) as response:
            return json.loads(response.read())

    def enter(self, meeting: str) -> AbstractContextManager[ClientConnection]:
        """Open the socket, resuming where this tablet stands."""
        where = f"?since={self.place['seq']}&epoch={self.place['epoch']}" if self.place else ""
        url = f"{self.server.url.replace('http', 'ws')}/ws/meetings/{meeting}/{where}"
        return connect(url, additional_headers={"Authorization": f"Bearer {self.token}"})

    def listen(self, socket: ClientConnection, upto: int) -> None:
        """Apply what comes until event `upto` of the room."""
        while self.place.get("seq", -1) < upto:
            frame = json.loads(socket.recv(timeout=10))
            if frame.get("stream") or ("seq" not in frame and "hello" not in frame):
                continue
            if "hello" in frame:
                self.place = {"seq": self.place.get("seq", -1), "epoch": frame["epoch"]}
            elif frame["kind"] == "snapshot":
                self.state, self.place["seq"] = frame["data"], frame["seq"]
            elif "data" in frame or frame.get("kind") == "skip":
                assert frame.get("from", frame["seq"]) <= self.place["seq"] + 1
                if frame["seq"] > self.place["seq"]:
                    self.state, self.place["seq"] = merged(self.state, frame.get("data", {})), frame["seq"]


def commanded(tablet: Tablet, meeting: str, verb: str, **data: Any) -> int:
    """Have a command done over HTTP; return the number the room reached."""
    outcome = tablet.ask(f"/api/v1/meetings/{meeting}/commands", {"id": str(uuid4()), "do": verb, "data": data})
    return int(outcome["seq"])


def published(tablet: Tablet) -> str:
    """Return the demo's meeting of today."""
    found = [row for row in tablet.ask("/api/v1/meetings") if row["state"] == "published"]
    return str(min(found, key=lambda row: row["starts_at"])["id"])


def stir(chair: Tablet, meeting: str) -> int:
    """Let things happen in the room; return the number of the last event."""
    for _ in range(ROUNDS):
        commanded(chair, meeting, "check_in")
        last = commanded(chair, meeting, "leave")
    return last


def drained(socket: ClientConnection) -> None:
    """Take what comes until the server closes."""
    while True:
        socket.recv(timeout=2)


def test_a_lost_socket_ends_where_the_others_are(server: AppServer) -> None:
    chair, steady, dropping = (Tablet(server, name) for name in ("chu.toa", "uy.vien1", "uy.vien2"))
    meeting = published(chair)
    with steady.enter(meeting) as calm:
        with dropping.enter(meeting) as lost:
            dropping.listen(lost, stir(chair, meeting) - 3)
        missed = stir(chair, meeting)
        with dropping.enter(meeting) as back:
            last = stir(chair, meeting)
            dropping.listen(back, last)
        steady.listen(calm, last)
    assert missed < last
    assert dropping.state == steady.state
    assert len(steady.state["people"]) > 5


def test_a_token_that_is_taken_back_leaves_the_room_at_once(server: AppServer) -> None:
    member = Tablet(server, "uy.vien3")
    with member.enter(published(member)) as socket:
        member.listen(socket, 0)
        headers = {"Authorization": f"Bearer {member.token}"}
        request = urllib.request.Request(f"{server.url}/api/v1/auth/token", method="DELETE", headers=headers)
        urllib.request.urlopen(request, timeout=10).close()
        with pytest.raises(ConnectionClosed) as closed:
            drained(socket)
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code in {4401, 4403}
