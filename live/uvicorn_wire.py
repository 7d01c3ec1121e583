"""Uvicorn with wires and a largest body: frames go straight to asyncio's transport; uploads stop at a bound."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.protocol import OPEN

from live.bodies import LARGEST_BODY, LINGER_SECONDS, too_large_answer
from live.wire import EXTENSION, nothing

Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]
Application = Callable[[Any, Any, Any], Awaitable[None]]


class UvicornWire:
    """A socket of uvicorn."""

    def __init__(self, protocol: Any) -> None:
        self._protocol = protocol
        self.on_full = self.on_room = nothing

    def write(self, frame: bytes) -> None:
        """Write one whole frame; uvicorn sends nothing in fragments it could fall between."""
        if self._protocol.conn.state is OPEN:
            self._protocol.transport.write(frame)

    def abort(self) -> None:
        """Cut the connection."""
        self._protocol.transport.abort()


class WiredProtocol(WebSocketsSansIOProtocol):
    """Uvicorn's WebSocket protocol (`ws=` of its Config), with a wire in the scope."""

    def connection_made(self, transport: Any) -> None:
        """Take a new connection."""
        super().connection_made(transport)
        self.wire = UvicornWire(self)

    async def run_asgi(self) -> None:
        """Run the application of this connection."""
        extensions: Any = self.scope["extensions"]
        extensions[EXTENSION] = self.wire
        await super().run_asgi()

    def pause_writing(self) -> None:
        """The transport's buffer is full."""
        super().pause_writing()
        self.wire.on_full()

    def resume_writing(self) -> None:
        """There is room again."""
        super().resume_writing()
        self.wire.on_room()


class TooLarge(Exception):
    """The body of a request has passed the bound."""


def bounded(application: Application) -> Application:
    """Return the application with a bound for the body of every HTTP request; sockets pass untouched."""

    async def answer(scope: Any, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await application(scope, receive, send)
            return
        taken, started = 0, False

        async def counted() -> Any:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > LARGEST_BODY:
                raise TooLarge
            return message

        async def sent(message: Any) -> None:
            nonlocal started
            started = True
            await send(message)

        fits = announced(scope) <= LARGEST_BODY
        if fits:
            try:
                await application(scope, counted, sent)
            except TooLarge:
                fits = False
        if not fits and not started:  # outside `except`: the error's frames hold on to what was kept of the body
            await refuse(receive, send)

    return answer


def announced(scope: Any) -> int:
    """Return the length a request says its body has; the server has checked that it is a number."""
    return int(dict(scope["headers"]).get(b"content-length", b"0"))


async def refuse(receive: Receive, send: Send) -> None:
    """Answer now, and let the connection close when the rest has come or has had its time."""
    headers, body = too_large_answer()
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": True})
    with suppress(TimeoutError):
        async with asyncio.timeout(LINGER_SECONDS):
            while (await receive()).get("more_body"):
                pass
    await send({"type": "http.response.body", "body": b""})
