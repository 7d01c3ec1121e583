"""The reference of `votes`: a bare `websockets` server that stores as many bytes per ballot in a group commit.

It knows no people, no rights, no rules and no chain; it acknowledges after the commit and tells everybody the count.
`python -m tests.load.bare_votes 8001 sqlite:////tmp/x.sqlite3`
"""

import asyncio
import json
import sqlite3
import sys
from collections.abc import Callable
from typing import Any

from websockets.asyncio.server import ServerConnection, broadcast, serve

from tests.load.files import allow_many_files

TABLE = "CREATE TABLE IF NOT EXISTS rows (body text NOT NULL)"
ROWS = ("b" * 200, "r" * 500, "e" * 250)  # a ballot, its record, its event
Store = Callable[[list[str]], None]
sockets: set[ServerConnection] = set()
waiting: list[tuple[ServerConnection, str]] = []
arrived = asyncio.Event()


def in_sqlite(path: str) -> Store:
    """Return what commits rows to SQLite, on disk before it returns."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute(TABLE)

    def store(bodies: list[str]) -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany("INSERT INTO rows VALUES (?)", [(body,) for body in bodies])
        connection.execute("COMMIT")

    return store


def in_postgres(url: str) -> Store:
    """Return what commits rows to PostgreSQL."""
    import psycopg

    connection = psycopg.connect(url)
    connection.execute(TABLE)
    connection.commit()

    def store(bodies: list[str]) -> None:
        connection.execute("INSERT INTO rows SELECT unnest(%s::text[])", [bodies])
        connection.commit()

    return store


async def room(socket: ServerConnection) -> None:
    """Take the ballots of one."""
    sockets.add(socket)
    await socket.send(json.dumps({"hello": 1, "epoch": "0", "seq": 0}, separators=(",", ":")))
    await socket.send('{"seq":0,"kind":"snapshot","data":{}}')
    try:
        async for text in socket:
            waiting.append((socket, json.loads(text)["id"]))
            arrived.set()
    finally:
        sockets.discard(socket)


async def commit_together(store: Store) -> None:
    """Commit what is there, acknowledge it, tell everybody."""
    total = 0
    while True:
        await arrived.wait()
        arrived.clear()
        batch, waiting[:] = list(waiting), []
        await asyncio.to_thread(store, [row for _ in batch for row in ROWS])
        total += len(batch)
        for socket, ballot in batch:
            broadcast([socket], json.dumps({"ack": ballot, "seq": total}, separators=(",", ":")))
        broadcast(sockets, json.dumps({"seq": total, "kind": "cast", "data": {"cast": total}}, separators=(",", ":")))


async def run(port: int, database: str) -> None:
    """Serve until killed."""
    allow_many_files()
    store = in_sqlite(database.removeprefix("sqlite:///")) if database.startswith("sqlite") else in_postgres(database)
    storing: Any = asyncio.ensure_future(commit_together(store))
    async with serve(room, "127.0.0.1", port, compression=None, ping_interval=None):
        await storing


if __name__ == "__main__":
    asyncio.run(run(int(sys.argv[1]), sys.argv[2]))
