"""A real server of the test room in a process of its own, and tablets that keep a copy of its state."""

import asyncio
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from live.patch import merged
from tests.servers.postgres import free_port

ROOT = Path(__file__).resolve().parents[2]


def environment(database: str, **more: str) -> dict[str, str]:
    """Return the environment of a process of the installation whose database this is."""
    return {**os.environ, "TEST_DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "tests.settings", **more}


@contextmanager
def room_server(
    database: str, server: str = "daphne", port: int = 0, **more: str
) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """Run the test room on a free port, or this one, until the block ends."""
    port = port or free_port()
    command = [sys.executable, "-m", "tests.live.serve", server, str(port)]
    process = subprocess.Popen(command, cwd=ROOT, env=environment(database, **more))
    try:
        wait_for_port(port, process)
        yield port, process
    finally:
        process.kill()
        process.wait()


def wait_for_port(port: int, process: subprocess.Popen[bytes], seconds: float = 40) -> None:
    """Wait until somebody listens."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and process.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise RuntimeError("the server does not listen")


def script(database: str, code: str) -> str:
    """Run a few lines in another process of the installation, as the worker would."""
    lines = f"import django; django.setup()\n{code}"
    run = subprocess.run(
        [sys.executable, "-c", lines], cwd=ROOT, env=environment(database), capture_output=True, text=True
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


@dataclass
class Tablet:
    """A page in the room: applies what it hears, and comes back where it stood."""

    port: int
    user: int
    view: str = ""
    personal: bool = False
    state: dict[str, Any] = field(default_factory=dict)
    mine: dict[str, Any] = field(default_factory=dict)
    epoch: str = ""
    seq: int = -1
    my_seq: int = -1
    kinds: list[str] = field(default_factory=list)
    answers: dict[str, Any] = field(default_factory=dict)
    passing: list[Any] = field(default_factory=list)
    closed: int = 0
    socket: ClientConnection | None = None
    _listening: asyncio.Task[None] | None = None

    def address(self) -> str:
        """Return where to connect, and from where on."""
        query = f"user={self.user}&view={self.view}"
        if self.seq >= 0:
            query += f"&since={self.seq}&epoch={self.epoch}"
        if self.personal:
            query += f"&me={self.my_seq if self.my_seq >= 0 else ''}x" if self.my_seq < 0 else f"&me={self.my_seq}"
        return f"ws://127.0.0.1:{self.port}/ws/?{query}"

    async def arrive(self) -> "Tablet":
        """Connect and begin to listen."""
        self.socket = await connect(self.address(), compression=None, max_size=None)
        self.closed = 0
        self._listening = asyncio.ensure_future(self._listen(self.socket))
        return self

    async def _listen(self, there: ClientConnection) -> None:
        try:
            async for text in there:
                self.hear(json.loads(text))
        except ConnectionClosed:
            pass
        finally:
            self.closed = there.close_code or 1006

    def hear(self, frame: dict[str, Any]) -> None:
        """Apply one frame."""
        if "hello" in frame:
            self.epoch = self.epoch if frame.get("stream") else frame["epoch"]
        elif "ack" in frame or "nack" in frame:
            self.answers[frame.get("ack") or frame.get("nack")] = frame
        elif "seq" not in frame:
            self.passing.append(frame)
        elif frame.get("stream") == "me":
            self.mine, self.my_seq = self.applied(self.mine, self.my_seq, frame)
        else:
            self.state, self.seq = self.applied(self.state, self.seq, frame)
            self.kinds.append(frame["kind"])

    def applied(self, state: dict[str, Any], seq: int, frame: dict[str, Any]) -> tuple[dict[str, Any], int]:
        """Return the state after a frame; a gap is an error, and so is a repetition, except of counters."""
        if frame["kind"] == "snapshot":
            return frame["data"], frame["seq"]
        first = frame.get("from", frame["seq"])
        assert first <= seq + 1, f"{first} after {seq}"
        assert first == seq + 1 or frame["kind"] in {"counted", "skip"}, f"{first} again after {seq}"
        if frame["seq"] <= seq:
            return state, seq
        return (state if frame["kind"] == "skip" else merged(state, frame["data"])), frame["seq"]

    async def until(self, seq: int, seconds: float = 20) -> None:
        """Wait until the room's event `seq` has arrived."""
        await until(lambda: self.seq >= seq, seconds)

    async def lose_socket(self) -> None:
        """Lose the connection as when the network goes: no closing frame."""
        assert self.socket is not None
        assert self._listening is not None
        self.socket.transport.abort()
        await self._listening

    async def ask(self, do: str, data: dict[str, Any], request_id: str) -> None:
        """Send a command."""
        assert self.socket is not None
        await self.socket.send(json.dumps({"id": request_id, "do": do, "data": data}))

    async def go(self) -> None:
        """Leave politely."""
        assert self.socket is not None
        await self.socket.close()


async def until(true: Any, seconds: float = 20) -> None:
    """Wait until something is true."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it did not happen in time"
        await asyncio.sleep(0.01)
