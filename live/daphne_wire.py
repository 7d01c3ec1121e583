"""Daphne with wires and a largest body: frames go straight to Twisted's transport; uploads stop at a bound."""

import asyncio
from io import BytesIO
from typing import Any

from autobahn.websocket.protocol import WebSocketProtocol as Autobahn
from daphne.http_protocol import HTTPFactory, WebRequest
from daphne.server import Server, twisted_loop
from twisted.internet.interfaces import IPushProducer
from twisted.internet.tcp import Connection
from zope.interface import implementer

from live.bodies import LARGEST_BODY, LINGER_SECONDS, too_large_answer
from live.pace import EXTENSION as PACE
from live.wire import EXTENSION, nothing


@implementer(IPushProducer)
class DaphneWire:
    """A socket of Daphne; to Twisted it is the producer of what is written, paused while the buffer is full."""

    def __init__(self, protocol: Any) -> None:
        self._protocol, self._transport = protocol, protocol.transport
        self.on_full = self.on_room = nothing
        self._plain = isinstance(self._transport, Connection) and not self._transport.TLS
        self._transport.unregisterProducer()
        self._transport.registerProducer(self, True)

    def write(self, frame: bytes) -> None:
        """Write one whole frame."""
        if self._protocol.state != Autobahn.STATE_OPEN:
            return
        transport = self._transport
        # Nothing waits: one system call now instead of three after a round through the reactor.
        if self._plain and not transport._tempDataBuffer and not transport.dataBuffer:  # noqa: SLF001
            sent = transport.writeSomeData(frame)
            if sent == len(frame):
                return
            frame = frame[sent:] if isinstance(sent, int) and sent > 0 else frame
        transport.write(frame)

    def abort(self) -> None:
        """Cut the connection."""
        self._transport.abortConnection()

    def pauseProducing(self) -> None:  # noqa: N802
        """Twisted's buffer is full."""
        self.on_full()

    def resumeProducing(self) -> None:  # noqa: N802
        """Twisted's buffer is empty again."""
        self.on_room()

    def stopProducing(self) -> None:  # noqa: N802
        """The connection is gone."""


@implementer(IPushProducer)
class DaphnePace:
    """How fast one answer of Daphne is read; to Twisted it is the producer of the answer."""

    def __init__(self, request: Any) -> None:
        self._request = request
        self._room = asyncio.Event()
        self._room.set()

    def begin(self) -> None:
        """Be paused while the buffer is full."""
        if self._request.channel is not None:
            self._request.registerProducer(self, True)

    async def room(self) -> None:
        """Wait until there is room."""
        await self._room.wait()

    def end(self) -> None:
        """Let Twisted finish the answer."""
        self._room.set()
        if self._request.producer is self and self._request.channel is not None:  # none: the connection is gone
            self._request.unregisterProducer()

    def pauseProducing(self) -> None:  # noqa: N802
        """Twisted's buffer is full."""
        self._room.clear()

    def resumeProducing(self) -> None:  # noqa: N802
        """Twisted's buffer is empty again."""
        self._room.set()

    def stopProducing(self) -> None:  # noqa: N802
        """The connection is gone."""
        self._room.set()


class BoundedRequest(WebRequest):
    """A request whose body ends at the bound: told by its length, or counted while it arrives."""

    taken = 0
    refused = False

    def gotLength(self, length: int | None) -> None:  # noqa: N802
        """Refuse a body that is announced as too large before the first byte is kept."""
        if length is not None and length > LARGEST_BODY:
            self.content = BytesIO()
            self.refuse()
        else:
            super().gotLength(length)

    def handleContentChunk(self, data: bytes) -> None:  # noqa: N802
        """Keep what has arrived, up to the bound; a body in chunks announces no length."""
        self.taken += len(data)
        if self.taken > LARGEST_BODY and not self.refused:
            self.content.close()
            self.content = BytesIO()
            self.refuse()
        if not self.refused:
            super().handleContentChunk(data)

    def requestReceived(self, command: bytes, path: bytes, version: bytes) -> None:  # noqa: N802
        """Give the request to the application unless it has been answered already."""
        if self.refused:
            self.channel.loseConnection()
        else:
            super().requestReceived(command, path, version)

    def refuse(self) -> None:
        """Answer now, and close when the rest has come or has had its time."""
        self.refused = True
        self.requestHeaders.removeHeader(b"expect")  # or Twisted would still ask for the body
        headers, body = too_large_answer()
        lines = [b"HTTP/1.1 413 Content Too Large", *(b"%s: %s" % header for header in headers), b"", body]
        self.channel.write(b"\r\n".join(lines))
        twisted_loop.call_later(LINGER_SECONDS, self.leave)

    def leave(self) -> None:
        """Close the connection if it is still there."""
        if self.channel is not None:
            self.channel.loseConnection()


class BoundedFactory(HTTPFactory):
    """Makes the connections of bounded requests."""

    def buildProtocol(self, addr: Any) -> Any:  # noqa: N802
        """Take a new connection."""
        protocol = super().buildProtocol(addr)
        protocol.requestFactory = BoundedRequest
        return protocol


class WiredServer(Server):
    """Daphne's server, with a wire for every WebSocket, a pace for every answer, and a bound for every body."""

    @property
    def http_factory(self) -> HTTPFactory:
        """What makes the connections; Daphne has no option for it and sets its own when it starts."""
        return self._bounded

    @http_factory.setter
    def http_factory(self, _: HTTPFactory) -> None:
        self._bounded = BoundedFactory(self)

    def create_application(self, protocol: Any, scope: dict[str, Any]) -> Any:
        """Start the application of one connection."""
        if scope["type"] == "websocket":
            scope.setdefault("extensions", {})[EXTENSION] = DaphneWire(protocol)
        else:
            scope.setdefault("extensions", {})[PACE] = DaphnePace(protocol)
        return super().create_application(protocol, scope)

    async def handle_reply(self, protocol: Any, message: dict[str, Any]) -> None:
        """Pass on what the application says; Autobahn's checked `sendClose` would refuse 1012 and 1013."""
        if message["type"] == "websocket.close" and protocol.state == Autobahn.STATE_OPEN:
            protocol.sendCloseFrame(code=message.get("code") or 1000)
        else:
            await super().handle_reply(protocol, message)
