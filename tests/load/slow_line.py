"""A line between clients and server that delays every packet by 40 ± 20 ms each way and keeps their order.

`python -m tests.load.slow_line 8001 8000` listens on 8001 and passes everything on to 8000.
"""

import asyncio
import random
import sys
from collections import deque
from typing import Any

from tests.load.files import allow_many_files

DELAY, SPREAD = 0.040, 0.020


class End(asyncio.Protocol):
    """One end of a connection; what it hears goes to the other end a little later."""

    def __init__(self) -> None:
        self.other: End | None = None
        self.transport: asyncio.Transport | None = None
        self.waiting: list[bytes] = []
        self.on_the_way: deque[bytes] = deque()
        self.due = 0.0

    def connection_made(self, transport: Any) -> None:
        """Begin, and write what came before there was a line."""
        self.transport = transport
        for data in self.waiting:
            transport.write(data)

    def data_received(self, data: bytes) -> None:
        """Pass on, never before what came earlier."""
        loop = asyncio.get_running_loop()
        self.due = max(self.due, loop.time() + random.uniform(DELAY - SPREAD, DELAY + SPREAD))
        self.on_the_way.append(data)  # calls due at the same moment may come in any order, what they carry may not
        loop.call_at(self.due, self.other_writes)

    def other_writes(self) -> None:
        """Let the other end write what has been on the way longest."""
        data = self.on_the_way.popleft()
        if self.other is None:
            return
        if self.other.transport is None:
            self.other.waiting.append(data)
        else:
            self.other.transport.write(data)

    def connection_lost(self, error: Exception | None) -> None:
        """End the other end too."""
        if self.other is not None and self.other.transport is not None:
            self.other.transport.close()


class Door(End):
    """The end that clients come to: it opens the other one."""

    def __init__(self, target: int) -> None:
        super().__init__()
        self.target = target

    def connection_made(self, transport: Any) -> None:
        """Open the line to the server."""
        super().connection_made(transport)
        self.other = End()
        self.other.other = self
        there = self.other
        loop = asyncio.get_running_loop()
        self.opening = asyncio.ensure_future(loop.create_connection(lambda: there, "127.0.0.1", self.target))


async def run(port: int, target: int) -> None:
    """Serve until killed."""
    allow_many_files()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Door(target), "127.0.0.1", port, backlog=1024)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(run(int(sys.argv[1]), int(sys.argv[2])))
