"""Who was late: a process of its own that asks server, disk and itself how quickly they answer while others measure.

A ping of the WebSocket is answered by the server's event loop, whatever its threads do; what a sleep takes too long is
what the machine owes everybody; a few bytes brought to the disk are what any commit has to wait for.
"""

import asyncio
import os
import time
from pathlib import Path
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

from tests.load import vote_clients

EVERY, EVERY_WRITE = 0.02, 0.1
times: dict[str, list[float]] = {}
going: list[asyncio.Task[None]] = []


async def watch(port: int, path: str, cookie: str, folder: str) -> None:
    """Begin: one more socket in the room."""
    socket = await connect(
        f"ws://127.0.0.1:{port}{path}",
        additional_headers={"Cookie": cookie},
        origin=f"http://127.0.0.1:{port}",  # type: ignore[arg-type]
        compression=None,
        ping_interval=None,
        max_size=None,
    )
    going[:] = [asyncio.ensure_future(work) for work in (pinged(socket), written(Path(folder)), slept("machine"))]
    going.append(asyncio.ensure_future(emptied(socket)))


async def pinged(socket: ClientConnection) -> None:
    """Ask the server's loop."""
    while True:
        start = time.perf_counter()
        await (await socket.ping())
        times.setdefault("server", []).append(time.perf_counter() - start)
        await asyncio.sleep(EVERY)


async def written(folder: Path) -> None:
    """Ask the disk, as a commit does."""
    with (folder / "lag").open("wb") as file:
        while True:
            took = await asyncio.to_thread(bring, file)
            times.setdefault("disk", []).append(took)
            await asyncio.sleep(EVERY_WRITE)


def bring(file: Any) -> float:
    """Bring one page to the disk; return the seconds."""
    start = time.perf_counter()
    file.write(b"\0" * 4096)
    file.flush()
    os.fsync(file.fileno())
    return time.perf_counter() - start


async def slept(name: str) -> None:
    """Ask the loop of this very process: how much longer a short sleep took."""
    while True:
        start = time.perf_counter()
        await asyncio.sleep(EVERY)
        times.setdefault(name, []).append(time.perf_counter() - start - EVERY)


async def emptied(socket: ClientConnection) -> None:
    """Read what the room says, so that the server is not held up."""
    async for _ in socket:
        pass


async def begin() -> None:
    """Forget what was before."""
    times.clear()


async def found() -> dict[str, list[float]]:
    """Return the seconds of everything since then, ascending."""
    return {name: sorted(all_of) for name, all_of in times.items()}


vote_clients.DOES.update({one.__name__: one for one in (watch, begin, found)})

if __name__ == "__main__":
    asyncio.run(vote_clients.serve())
