"""One simulated delegate: a socket as a tablet opens it, the room as its frames tell it, commands until answered."""

import asyncio
import json
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from time import monotonic
from typing import Any
from uuid import uuid4

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, WebSocketException

from live.patch import merged

State = Mapping[str, Any]


class Refusal(Exception):
    """The server did not do what was asked; carries its code."""


@dataclass(frozen=True)
class Address:
    """Where the room's socket is, and whom to trust there."""

    url: str
    trust: ssl.SSLContext | None = None


@dataclass(eq=False)
class Delegate:
    """One person's tablet."""

    address: Address
    token: str
    room: State = field(default_factory=dict)
    own: State = field(default_factory=dict)
    seen: dict[str, float] = field(default_factory=dict)
    _socket: ClientConnection | None = None
    _listening: asyncio.Task[None] | None = None
    _asked: dict[str, asyncio.Future[State]] = field(default_factory=dict)
    _waiting: list[tuple[Callable[["Delegate"], bool], asyncio.Future[float]]] = field(default_factory=list)

    async def come(self, *, within: float) -> None:
        """Connect and wait until the room and what is one's own are here."""
        await asyncio.wait_for(self._connected(), within)
        await self.until(lambda me: bool(me.room) and bool(me.own), within=within)

    async def _connected(self) -> None:
        """Open the socket; a server that is just starting is asked again."""
        while True:
            try:
                headers = {"Authorization": f"Bearer {self.token}"}
                self._socket = await connect(
                    self.address.url,
                    additional_headers=headers,
                    ssl=self.address.trust,
                    max_size=None,
                    open_timeout=10,
                    compression=None,
                    proxy=None,
                )
            except (OSError, WebSocketException, TimeoutError):
                await asyncio.sleep(0.2)
                continue
            self._listening = asyncio.create_task(self._listen(self._socket))
            return

    async def go(self) -> None:
        """Close the socket, forgetting the room: who comes back is told it again."""
        if self._listening is not None:
            self._listening.cancel()
        if self._socket is not None:
            await self._socket.close()
        self.room, self.own, self._socket, self._listening = {}, {}, None, None

    async def _listen(self, socket: ClientConnection) -> None:
        try:
            async for text in socket:
                self._take(json.loads(text))
        except ConnectionClosed:
            return

    def _take(self, frame: State) -> None:
        """Apply one frame, and answer those who waited for what it brought."""
        if "ack" in frame or "nack" in frame:
            return self._answer(frame)
        if frame.get("kind") == "snapshot":
            self._put(frame, frame["data"])
        elif "seq" in frame and "data" in frame:
            self._put(frame, merged(self.own if frame.get("stream") == "me" else self.room, frame["data"]))
        for wanted, found in list(self._waiting):
            if not found.done() and wanted(self):
                found.set_result(monotonic())
        self._waiting = [(wanted, found) for wanted, found in self._waiting if not found.done()]
        return None

    def _put(self, frame: State, state: State) -> None:
        if frame.get("stream") == "me":
            self.own = state
        else:
            self.room = state

    def _answer(self, frame: State) -> None:
        future = self._asked.pop(str(frame.get("ack") or frame.get("nack")), None)
        if future is None or future.done():
            return
        if "ack" in frame:
            future.set_result(frame)
        else:
            future.set_exception(Refusal(frame.get("code", "")))

    async def until(self, wanted: Callable[["Delegate"], bool], *, within: float) -> float:
        """Return the moment (monotonic seconds) from which what is wanted can be seen on this tablet."""
        if wanted(self):
            return monotonic()
        found: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self._waiting.append((wanted, found))
        return await asyncio.wait_for(found, within)

    async def ask(self, do: str, data: State, *, within: float, key: str = "") -> State:
        """Send a command and return its ack; the same `key` again is the same command."""
        if self._socket is None:
            raise ConnectionError("not connected")
        key = key or str(uuid4())
        self._asked[key] = asyncio.get_running_loop().create_future()
        await self._socket.send(json.dumps({"id": key, "do": do, "data": data}))
        return await asyncio.wait_for(self._asked[key], within)
