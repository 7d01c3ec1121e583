"""The reference of `fanout`: a bare `websockets` server that broadcasts a frame of the same form and does no more."""

import asyncio
import json
import sys
from uuid import uuid4

from websockets.asyncio.server import ServerConnection, broadcast, serve

from tests.load.files import allow_many_files

sockets: set[ServerConnection] = set()


async def room(socket: ServerConnection) -> None:
    """Pass on what one says to all."""
    sockets.add(socket)
    await socket.send(json.dumps({"hello": 1}))
    try:
        async for text in socket:
            data = {"notes": {str(uuid4()): json.loads(text)["data"]["text"]}}
            head = {"seq": 1, "kind": "said", "at": "2026-11-21T05:00:00.000000+00:00", "by": str(uuid4())}
            broadcast(sockets, json.dumps({**head, "data": data}))
    finally:
        sockets.discard(socket)


async def run(port: int) -> None:
    """Serve until killed."""
    allow_many_files()
    async with serve(room, "127.0.0.1", port, compression=None, ping_interval=None):
        await asyncio.Future()


if __name__ == "__main__":
    asyncio.run(run(int(sys.argv[1])))
