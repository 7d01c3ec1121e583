"""Uvicorn with wires: prepared frames go straight to asyncio's transport, which tells when its buffer is full."""

from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.protocol import OPEN

from live.wire import EXTENSION, nothing


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
