"""Daphne with wires: prepared frames go straight to Twisted's transport, which tells when its buffer is full."""

from typing import Any

from autobahn.websocket.protocol import WebSocketProtocol as Autobahn
from daphne.server import Server
from twisted.internet.interfaces import IPushProducer
from twisted.internet.tcp import Connection
from zope.interface import implementer

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


class WiredServer(Server):
    """Daphne's server, with a wire in the scope of every WebSocket."""

    def create_application(self, protocol: Any, scope: dict[str, Any]) -> Any:
        """Start the application of one connection."""
        if scope["type"] == "websocket":
            scope.setdefault("extensions", {})[EXTENSION] = DaphneWire(protocol)
        return super().create_application(protocol, scope)

    async def handle_reply(self, protocol: Any, message: dict[str, Any]) -> None:
        """Pass on what the application says; Autobahn's checked `sendClose` would refuse 1012 and 1013."""
        if message["type"] == "websocket.close" and protocol.state == Autobahn.STATE_OPEN:
            protocol.sendCloseFrame(code=message.get("code") or 1000)
        else:
            await super().handle_reply(protocol, message)
