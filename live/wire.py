"""Writing finished frames straight to a server's transport: encoded once, no ASGI message per socket.

A server that knows this puts a `Wire` into `scope["extensions"]`; on any other the hub uses ASGI's `send`, which is the
same to everybody but slower. A wire also tells when the reader does not keep up, which Daphne's `send` never does.
"""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

EXTENSION = "nghisu.wire"


class Wire(Protocol):
    """One open socket of a server that can be written to directly."""

    on_full: Callable[[], None]
    on_room: Callable[[], None]

    def write(self, frame: bytes) -> None:
        """Write one whole WebSocket frame; nothing happens when the socket is closing."""

    def abort(self) -> None:
        """Cut the connection: its reader takes nothing any more, not even a closing frame."""


def text_frame(text: str) -> bytes:
    """Return the unmasked, unfragmented text frame of RFC 6455 section 5.2 that a server sends."""
    payload = text.encode()
    size = len(payload)
    if size < 126:
        return bytes((0x81, size)) + payload
    if size < 65536:
        return b"\x81\x7e" + size.to_bytes(2, "big") + payload
    return b"\x81\x7f" + size.to_bytes(8, "big") + payload


def wire_of(scope: Mapping[str, Any] | None) -> Wire | None:
    """Return the wire of a connection, where its server offers one."""
    wire: Wire | None = (scope or {}).get("extensions", {}).get(EXTENSION)
    return wire


def nothing() -> None:
    """Do nothing: what a wire calls before somebody listens."""
