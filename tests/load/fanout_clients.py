"""The tablets of `fanout`, in a process of their own: how long until the last one has heard what one of them said."""

import asyncio
import json
import sys
import time
from contextlib import suppress
from uuid import uuid4

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.load.files import allow_many_files

AT_ONCE = 25
ROUNDS = 25
PAUSE = 0.12


class Crowd:
    """All sockets at one server."""

    def __init__(self, addresses: list[str]) -> None:
        self.addresses = addresses
        self.sockets: list[ClientConnection] = []
        self.token = ""
        self.left = 0
        self.heard: asyncio.Future[float] = asyncio.Future()

    async def arrive(self) -> None:
        """Connect, a few at a time, and listen."""
        for start in range(0, len(self.addresses), AT_ONCE):
            some = self.addresses[start : start + AT_ONCE]
            options = {"compression": None, "ping_interval": None, "open_timeout": 60}
            self.sockets += await asyncio.gather(*(connect(address, **options) for address in some))
        self.listening = [asyncio.ensure_future(self.listen(socket)) for socket in self.sockets]

    async def listen(self, socket: ClientConnection) -> None:
        """Count the frames that carry the token."""
        with suppress(ConnectionClosed):
            async for text in socket:
                if self.token and self.token in str(text):
                    self.left -= 1
                    if not self.left:
                        self.heard.set_result(time.perf_counter())

    async def ask(self) -> float:
        """Let one say something; return the milliseconds until the last has heard it."""
        self.token, self.left, self.heard = uuid4().hex, len(self.sockets), asyncio.Future()
        said = {"id": str(uuid4()), "do": "say", "data": {"text": self.token}}
        start = time.perf_counter()
        await self.sockets[0].send(json.dumps(said))
        return (await asyncio.wait_for(self.heard, 30) - start) * 1000


async def measured(crowds: dict[str, Crowd]) -> dict[str, list[float]]:
    """Ask each server in turn, so that a busy machine is busy for all of them; the first rounds warm up."""
    times: dict[str, list[float]] = {name: [] for name in crowds}
    for number in range(ROUNDS + 3):
        for name, crowd in crowds.items():
            elapsed = await crowd.ask()
            if number >= 3:
                times[name].append(elapsed)
            await asyncio.sleep(PAUSE)
    return times


async def run(targets: dict[str, list[str]]) -> None:
    """Print the times of each server as JSON."""
    allow_many_files()
    crowds = {name: Crowd(addresses) for name, addresses in targets.items()}
    for crowd in crowds.values():
        await crowd.arrive()
    await asyncio.sleep(1)
    print(json.dumps(await measured(crowds)))


if __name__ == "__main__":
    asyncio.run(run(json.loads(sys.stdin.read())))
