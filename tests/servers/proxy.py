"""A proxy between browser and server that treats WebSockets and long answers as some networks do."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

MODES = ("plain", "refuses", "hangs", "buffers")


@dataclass
class Proxy:
    """Where it listens, and how it behaves now: it may change its mind between two requests.

    `refuses` cuts every request for a WebSocket; `hangs` takes it and never answers; `buffers` does the same and holds
    every stream of events back until it ends, which it never does.
    """

    port: int
    target: int
    mode: str = "plain"
    blocked: int = 0

    @property
    def url(self) -> str:
        """The address without the last slash."""
        return f"http://127.0.0.1:{self.port}"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Carry one request and its answer; every connection ends with it."""
        with suppress(OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            await self.carry(reader, writer)
        writer.close()

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Read the head, decide, pass everything on."""
        head = await reader.readuntil(b"\r\n\r\n")
        upgrades = b"\r\nupgrade: websocket" in head.lower()
        if upgrades and self.mode != "plain":
            self.blocked += 1
            if self.mode != "refuses":
                await reader.read()
            return
        there_reader, there_writer = await asyncio.open_connection("127.0.0.1", self.target)
        there_writer.write(head if upgrades else ending(head))
        holds = self.mode == "buffers" and b"/events/ " in head.split(b"\r\n")[0].replace(b"?", b" ")
        up = asyncio.ensure_future(pump(reader, there_writer))
        await (there_reader.read() if holds else pump(there_reader, writer))
        up.cancel()
        there_writer.close()


def ending(head: bytes) -> bytes:
    """Return the head of a request whose connection ends with the answer."""
    lines = [line for line in head.split(b"\r\n") if not line.lower().startswith(b"connection:")]
    return b"\r\n".join([lines[0], b"Connection: close", *lines[1:]])


async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Pass on what comes until it ends."""
    with suppress(OSError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
        writer.write_eof()


@contextmanager
def proxy(target: int, mode: str = "plain") -> Iterator[Proxy]:
    """Run a proxy in front of a port of this machine until the block ends."""
    made = Proxy(0, target, mode)
    loop, ready, end = asyncio.new_event_loop(), threading.Event(), asyncio.Event()

    async def run() -> None:
        listening = await asyncio.start_server(made.serve, "127.0.0.1", 0)
        made.port = listening.sockets[0].getsockname()[1]
        ready.set()
        await end.wait()
        listening.close()

    thread = threading.Thread(target=loop.run_until_complete, args=(run(),), daemon=True)
    thread.start()
    ready.wait(5)
    try:
        yield made
    finally:
        loop.call_soon_threadsafe(end.set)
        thread.join(5)
