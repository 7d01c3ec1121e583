"""One event of a room to the last of n pages, by the way its frames take: WebSocket, a stream of events, polling.

The pages are this very process; what they cost is in every figure. The WebSocket is the reference of the other two.
"""

import asyncio
import json
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

from websockets.asyncio.client import ClientConnection, connect

from tests.load.files import allow_many_files
from tests.load.report import report
from tests.servers.app import AppServer, app_server

ROOT = Path(__file__).resolve().parents[2]
SERVERS = ("daphne", "uvicorn")
WAYS = ("websocket", "events", "polling")
SIZE, ROUNDS, AT_ONCE = 200, 15, 20
PAUSE = 0.3


class Pages:
    """All pages of one way."""

    def __init__(self, port: int, path: str, cookies: list[str], way: str) -> None:
        self.port, self.path, self.cookies, self.way = port, path, cookies, way
        self.token, self.left = b"", 0
        self.heard: asyncio.Future[float] = asyncio.Future()
        self.arrived = 0
        self.tasks: list[asyncio.Task[None]] = []

    async def arrive(self) -> None:
        """Open every page, a few at a time."""
        for start in range(0, len(self.cookies), AT_ONCE):
            some = self.cookies[start : start + AT_ONCE]
            self.tasks += [asyncio.ensure_future(getattr(self, self.way)(cookie)) for cookie in some]
            while self.arrived < start + len(some):
                await asyncio.sleep(0.02)

    def take(self, data: bytes) -> None:
        """Look for what was said last."""
        if self.token and self.token in data:
            self.left -= 1
            if not self.left:
                self.heard.set_result(time.perf_counter())

    async def websocket(self, cookie: str) -> None:
        """Stay over WebSocket."""
        async with await socket_of(self.port, self.path, cookie) as socket:
            self.arrived += 1
            async for text in socket:
                self.take(str(text).encode())

    async def events(self, cookie: str) -> None:
        """Stay over a stream of events."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port, limit=2**24)
        writer.write(request(self.path, "events/", cookie))
        await reader.readuntil(b'"snapshot"')
        self.arrived += 1
        while data := await reader.readuntil(b"\n\n"):
            self.take(data)

    async def polling(self, cookie: str) -> None:
        """Stay by asking again and again."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port, limit=2**24)
        where = "poll/"
        while True:
            writer.write(request(self.path, where, cookie))
            head = await reader.readuntil(b"\r\n\r\n")
            size = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
            body = await reader.readexactly(size)
            self.arrived += where == "poll/"
            self.take(body)
            bundle = json.loads(body)
            where = f"poll/?line={bundle['line']}&turn={bundle['turn']}"

    async def ask(self, chair: ClientConnection) -> float:
        """Let the chair conclude something; return the milliseconds until the last page has it."""
        word = uuid4().hex
        self.token, self.left, self.heard = word.encode(), len(self.cookies), asyncio.Future()
        start = time.perf_counter()
        await chair.send(json.dumps({"id": str(uuid4()), "do": "conclude", "data": {"text": word}}))
        return (await asyncio.wait_for(self.heard, 30) - start) * 1000

    async def leave(self) -> None:
        """Close every page."""
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)


def request(path: str, where: str, cookie: str) -> bytes:
    """Return a request for a line."""
    address = path.replace("/ws/", "/live/") + where
    return f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\n\r\n".encode()


async def socket_of(port: int, path: str, cookie: str) -> ClientConnection:
    """Open a WebSocket of the room."""
    headers = {"Cookie": cookie, "Origin": f"http://127.0.0.1:{port}"}
    options: dict[str, Any] = {"compression": None, "max_size": None, "open_timeout": 60, "ping_interval": None}
    return await connect(f"ws://127.0.0.1:{port}{path}", additional_headers=headers, **options)


async def listened(socket: ClientConnection) -> None:
    """Read what comes, so that the chair's page is never behind."""
    async for _ in socket:
        pass


async def measured(port: int, room: dict[str, Any], way: str) -> list[float]:
    """Return the times of some rounds; the first ones warm up."""
    chair = await socket_of(port, room["path"], room["cookies"][0])
    listening = asyncio.ensure_future(listened(chair))
    pages = Pages(port, room["path"], room["cookies"][1:], way)
    await pages.arrive()
    times = []
    for number in range(ROUNDS + 2):
        elapsed = await pages.ask(chair)
        times += [elapsed] if number >= 2 else []
        await asyncio.sleep(PAUSE)
    await pages.leave()
    listening.cancel()
    with suppress(Exception):
        await chair.close()
    return times


def hall(server: AppServer, size: int, votes: int = 0) -> dict[str, Any]:
    """Fill an installation with a room of this many members."""
    command = [sys.executable, "-m", "tests.load.hall", str(size), str(votes)]
    run = subprocess.run(command, cwd=ROOT, env=dict(server.environment), capture_output=True, text=True, check=True)
    room: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return room


def main() -> None:
    """Print one line per server and way."""
    allow_many_files()
    chosen = sys.argv[1:] or SERVERS
    for name in chosen:
        with tempfile.TemporaryDirectory(prefix="nghisu-fallback-") as folder, ExitStack() as stack:
            arguments = ["--no-worker", "--server", name, "--prepare"]
            server = stack.enter_context(app_server(data_dir=Path(folder) / "data", arguments=arguments))
            room, reference = hall(server, SIZE + 1), None
            for way in WAYS:
                time_of = statistics.median(asyncio.run(measured(server.port, room, way)))
                params = {"n": SIZE, "server": name, "db": "sqlite", "way": way}
                report("fallback", params, time_of, "ms", reference)
                reference = reference or time_of


if __name__ == "__main__":
    main()
