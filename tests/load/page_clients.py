"""The readers of `pages`, in a process of their own: milliseconds until the last byte of each answer.

Each reader has a connection of its own and speaks just enough HTTP/1.1: a library's shared pool costs more than the
pages when ninety wait at once.
"""

import asyncio
import json
import sys
import time
from typing import Any

WARM_UP = 5
ALONE = 60
CROWD = 90
EACH = 4
GOOD = (b"200", b"206")


class Reader:
    """One browser with one open connection."""

    def __init__(self, host: str, port: int) -> None:
        self.host, self.port = host, port

    async def arrive(self) -> "Reader":
        """Connect."""
        self.incoming, self.outgoing = await asyncio.open_connection(self.host, self.port)
        return self

    async def timed(self, target: dict[str, Any]) -> float:
        """Open the page once."""
        lines = [f"GET {target['path']} HTTP/1.1", f"Host: {self.host}:{self.port}", "Accept-Language: vi"]
        lines += [f"Cookie: {target['cookies']}"] if target["cookies"] else []
        lines += [f"Range: {target['range']}"] if target["range"] else []
        start = time.perf_counter()
        self.outgoing.write("\r\n".join([*lines, "", ""]).encode())
        head = (await self.incoming.readuntil(b"\r\n\r\n")).lower()
        await self.read_body(head)
        taken = (time.perf_counter() - start) * 1000
        if head.split(b" ", 2)[1] not in GOOD:
            raise RuntimeError(f"{target['page']} answered {head[:40]!r}")
        return taken

    async def read_body(self, head: bytes) -> None:
        """Read to the end of the answer, by its length or chunk by chunk."""
        fields = dict(line.split(b": ", 1) for line in head.split(b"\r\n")[1:] if b": " in line)
        if b"content-length" in fields:
            await self.incoming.readexactly(int(fields[b"content-length"]))
            return
        size = 1
        while size:
            size = int((await self.incoming.readuntil(b"\r\n")).split(b";")[0], 16)
            await self.incoming.readexactly(size + 2)

    async def several(self, target: dict[str, Any], times: int) -> list[float]:
        """Open the page again and again."""
        return [await self.timed(target) for _ in range(times)]


async def crowded(readers: list[Reader], target: dict[str, Any]) -> list[float]:
    """Open the page on every tablet at once, and again as soon as it is there."""
    answers = await asyncio.gather(*(reader.several(target, EACH) for reader in readers))
    return [taken for answer in answers for taken in answer]


async def measured(host: str, port: int, targets: list[dict[str, Any]]) -> dict[str, dict[int, list[float]]]:
    """Open each page alone, then as a crowd; what is named twice is taken together."""
    readers = [await Reader(host, port).arrive() for _ in range(CROWD)]
    await crowded(readers, targets[0])
    found: dict[str, dict[int, list[float]]] = {target["page"]: {1: [], CROWD: []} for target in targets}
    for target in targets:
        await readers[0].several(target, WARM_UP)
        found[target["page"]][1] += await readers[0].several(target, ALONE)
        found[target["page"]][CROWD] += await crowded(readers, target)
    return found


if __name__ == "__main__":
    address, wanted = sys.argv[1].removeprefix("http://").split(":"), json.loads(sys.stdin.read())
    print(json.dumps(asyncio.run(measured(address[0], int(address[1]), wanted))))
