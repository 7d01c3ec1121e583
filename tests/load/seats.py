"""Lean seats for measurements: raw sockets, frames made by hand, nothing parsed that is not needed."""

import asyncio
import json
import random
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from uuid import uuid4

ARRIVING_AT_ONCE, LONGEST_ARRIVAL = 50, 120
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 15.0  # as the pages wait: at random below a bound that doubles


def masked(text: str) -> bytes:
    """Return a client's text frame; its mask is zero, so that the bytes stay what they are."""
    payload = text.encode()
    size = len(payload)
    length = bytes((0x80 | size,)) if size < 126 else b"\xfe" + size.to_bytes(2, "big")
    return b"\x81" + length + b"\0\0\0\0" + payload


class Seat(asyncio.Protocol):
    """One tablet: greets, counts where its room stands, hands answers on."""

    def __init__(self, crowd: "Crowd", number: int) -> None:
        self.crowd, self.number = crowd, number
        self.transport: asyncio.Transport | None = None
        self.rest, self.open, self.returning = b"", False, False
        self.seq, self.epoch, self.goal, self.turn = -1, "", -1, 0
        self.own_seq, self.own_epoch = -1, ""
        self.in_sync = asyncio.Event()
        self.answered: Callable[[Seat, bytes], None] = ignore

    def connection_made(self, transport: Any) -> None:
        """Ask for the socket, from where this tablet stands."""
        self.transport, self.rest, self.open, self.goal = transport, b"", False, -1
        self.in_sync.clear()
        transport.write(self.crowd.greeting(self))

    def connection_lost(self, error: Exception | None) -> None:
        """The server or the line is gone."""
        self.transport, self.open = None, False
        self.in_sync.clear()
        self.crowd.lost(self)

    def say(self, frame: bytes) -> None:
        """Send a frame, if there is a line."""
        if self.transport is not None and self.open:
            self.transport.write(frame)

    def data_received(self, data: bytes) -> None:
        """Cut what came into frames."""
        data = self.rest + data if self.rest else data
        at = 0
        if not self.open:
            end = data.find(b"\r\n\r\n")
            if end < 0:
                self.rest = data
                return
            if b" 101 " not in data[:20]:
                raise RuntimeError(data[:200])
            self.open, at = True, end + 4
        size = len(data)
        while size - at >= 2:
            length, start = data[at + 1], at + 2
            if length == 126:
                length, start = int.from_bytes(data[start : start + 2], "big"), start + 2
            elif length == 127:
                length, start = int.from_bytes(data[start : start + 8], "big"), start + 8
            if size < start + length:
                break
            if data[at] == 0x81:
                self.heard(data, start, start + length)
            elif data[at] == 0x89 and self.transport is not None:  # who does not answer a ping is dropped
                pong = bytes((0x8A, 0x80 | length)) + b"\0\0\0\0" + data[start : start + length]
                self.transport.write(pong)
            at = start + length
        self.rest = data[at:]

    def heard(self, data: bytes, start: int, end: int) -> None:
        """Take one frame."""
        if data.startswith((b'{"ack"', b'{"nack"'), start):
            self.answered(self, data[start:end])
        elif data.startswith(b'{"seq":', start):
            self.seq = int(data[start + 7 : data.index(b",", start + 7)])
            if self.seq >= self.goal >= 0:
                self.in_sync.set()
            if self.crowd.token and data.find(self.crowd.token, start, end) >= 0:
                self.crowd.one_heard()
        elif data.startswith(b'{"hello"', start):
            hello = json.loads(data[start:end])
            self.epoch, self.goal = hello["epoch"], hello["seq"]
            if self.seq >= self.goal:
                self.in_sync.set()
        elif data.startswith(b'{"stream":"me","seq":', start):
            self.own_seq = int(data[start + 21 : data.index(b",", start + 21)])
        elif data.startswith(b'{"stream":"me","hello"', start):
            self.own_epoch = json.loads(data[start:end])["epoch"]


def ignore(seat: Seat, answer: bytes) -> None:
    """Nobody waits for this answer."""


class Crowd:
    """All seats of one room."""

    def __init__(self, port: int, path: str, cookies: list[str]) -> None:
        self.port, self.path, self.cookies = port, path, cookies
        self.seats = [Seat(self, number) for number in range(len(cookies))]
        self.token, self.left, self.heard_at = b"", 0, asyncio.Future[float]()
        self.returning, self.longest_pause = False, LONGEST_PAUSE
        self.run, self.commands = uuid4().hex[:20], 0

    def greeting(self, seat: Seat) -> bytes:
        """Return the request that opens a socket."""
        since = f"?since={seat.seq}&epoch={seat.epoch}" if seat.seq >= 0 else ""
        since += f"&me={seat.own_seq}&me_epoch={seat.own_epoch}" if since and seat.own_seq >= 0 else ""
        host = f"127.0.0.1:{self.port}"
        lines = [f"GET {self.path}{since} HTTP/1.1", f"Host: {host}", f"Origin: http://{host}"]
        lines += ["Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13"]
        lines += ["Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", f"Cookie: {self.cookies[seat.number]}", "", ""]
        return "\r\n".join(lines).encode()

    async def arrive(self) -> float:
        """Connect everybody, some at a time; return the seconds until the last one shows the room as it is."""
        start, self.returning = time.perf_counter(), True
        turn = asyncio.Semaphore(ARRIVING_AT_ONCE)

        async def one(seat: Seat) -> None:
            async with turn:
                await self.connect(seat)
                await asyncio.wait_for(seat.in_sync.wait(), LONGEST_ARRIVAL)

        await asyncio.gather(*(one(seat) for seat in self.seats))
        self.returning = False
        return time.perf_counter() - start

    async def connect(self, seat: Seat) -> None:
        """Open one seat's line."""
        await asyncio.get_running_loop().create_connection(lambda: seat, "127.0.0.1", self.port)

    def lost(self, seat: Seat) -> None:
        """Let a seat come back as a page would."""
        if self.returning and not seat.returning:
            seat.returning = True
            asyncio.ensure_future(self.come_back(seat))  # noqa: RUF006

    async def come_back(self, seat: Seat) -> None:
        """Try again after pauses that grow, at random within."""
        pause = FIRST_PAUSE
        while seat.transport is None:
            await asyncio.sleep(random.uniform(0.1, pause))
            pause = min(pause * 2, self.longest_pause)
            with suppress(OSError):
                await self.connect(seat)
        seat.returning = False

    async def all_in_sync(self) -> None:
        """Wait until every seat has what its room has."""
        await asyncio.gather(*(seat.in_sync.wait() for seat in self.seats))

    def command(self, verb: str, data: dict[str, Any]) -> bytes:
        """Return the frame of a new command."""
        self.commands += 1
        return masked(f'{{"id":"{self.run}{self.commands:012x}","do":"{verb}","data":{json.dumps(data)}}}')

    async def ask(self, verb: str, data: dict[str, Any]) -> dict[str, Any]:
        """Let the chair, who sits on the first seat, do something; return the answer."""
        chair, answer = self.seats[0], asyncio.get_running_loop().create_future()
        chair.answered = lambda _, text: None if answer.done() else answer.set_result(json.loads(text))
        chair.say(self.command(verb, data))
        answered: dict[str, Any] = await asyncio.wait_for(answer, 30)
        if "nack" in answered:
            raise RuntimeError(f"{verb}: {answered['code']}")
        return answered

    def one_heard(self) -> None:
        """Count the seats that have heard what is listened for."""
        self.left -= 1
        if not self.left and not self.heard_at.done():
            self.heard_at.set_result(time.perf_counter())

    async def told(self, verb: str, data: dict[str, Any], token: str) -> float:
        """Let the chair do something; return the seconds until the last seat has heard of it."""
        self.token, self.left, self.heard_at = token.encode(), len(self.seats), asyncio.Future()
        start = time.perf_counter()
        await self.ask(verb, data)
        end = await asyncio.wait_for(self.heard_at, 60)
        self.token = b""
        return end - start
