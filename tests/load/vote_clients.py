"""The members of `votes`, in a process of their own: does what it reads, a JSON line each, and answers with one."""

import asyncio
import json
import os
import sys
import time
from typing import Any

from tests.load.files import allow_many_files
from tests.load.processes import cpu_seconds, pss_kb
from tests.load.seats import Crowd, Seat

CHOICES = ("yes", "no", "abstain")
crowds: dict[str, Crowd] = {}


async def arrive(name: str, port: int, path: str, cookies: list[str]) -> float:
    """Let a crowd in."""
    crowds[name] = Crowd(port, path, cookies)
    return await crowds[name].arrive()


async def leave(name: str) -> None:
    """Let a crowd go."""
    crowd = crowds.pop(name)
    crowd.returning = False
    for seat in crowd.seats:
        if seat.transport is not None:
            seat.transport.abort()


async def chair(name: str, verb: str, **data: Any) -> Any:
    """Let the chair do something."""
    return await crowds[name].ask(verb, data)


async def told(name: str, verb: str, token: str, **data: Any) -> float:
    """Let the chair do something; how long until the last one has heard of it."""
    return await crowds[name].told(verb, data, token)


async def loop(name: str, vote: str, seconds: float, roots: list[int]) -> dict[str, float]:
    """Let everybody cast again as soon as they are acknowledged; return acknowledgements and the servers' CPU."""
    crowd, count, going, waits = crowds[name], 0, True, list[float]()
    sent = [0.0] * len(crowd.seats)

    def cast(seat: Seat) -> None:
        sent[seat.number] = time.perf_counter()
        seat.turn += 1  # another choice each time: the same one again would change nothing
        seat.say(crowd.command("cast", {"vote": vote, "choice": CHOICES[seat.turn % len(CHOICES)]}))

    def answered(seat: Seat, text: bytes) -> None:
        nonlocal count
        if not text.startswith(b'{"ack"'):
            end(text)
        waits.append(time.perf_counter() - sent[seat.number])
        if going:
            count += 1
            cast(seat)

    for seat in crowd.seats:
        seat.answered = answered
        cast(seat)
    await asyncio.sleep(0.5)  # begin in the middle of it
    count, before, start = 0, cpu_seconds(roots), time.perf_counter()
    waits.clear()
    await asyncio.sleep(seconds)
    elapsed, used, counted = time.perf_counter() - start, cpu_seconds(roots) - before, count
    going = False
    await asyncio.sleep(0.5)
    waits.sort()
    return {"rate": counted / elapsed, "cpu_ms": used / max(counted, 1) * 1000, "p95": waits[int(len(waits) * 0.95)]}


async def at_once(name: str, vote: str) -> float:
    """Let everybody cast in one moment; return the seconds until the last acknowledgement."""
    crowd, done = crowds[name], asyncio.get_running_loop().create_future()
    left = len(crowd.seats)

    def answered(seat: Seat, text: bytes) -> None:
        nonlocal left
        if not text.startswith(b'{"ack"'):
            end(text)
        left -= 1
        if not left:
            done.set_result(time.perf_counter())

    frames = [crowd.command("cast", {"vote": vote, "choice": CHOICES[n % 3]}) for n in range(left)]
    start = time.perf_counter()
    for seat, frame in zip(crowd.seats, frames, strict=True):
        seat.answered = answered
        seat.say(frame)
    end: float = await asyncio.wait_for(done, 60)
    return end - start


def end(text: bytes) -> None:
    """Give up: something else than an acknowledgement came."""
    print(text.decode(), file=sys.stderr, flush=True)
    os._exit(1)


async def memory(roots: list[int]) -> int:
    """Return what the servers hold now, in kB."""
    return pss_kb(roots)


async def stay(name: str) -> None:
    """Come back by yourselves from now on."""
    crowds[name].returning = True


async def back(name: str, number: int) -> float:
    """Wait until everybody is in sync again after restart `number`; return the clock."""
    crowd = crowds[name]
    await asyncio.wait_for(crowd.all_in_sync(), 120)
    return time.time()


DOES = {one.__name__: one for one in (arrive, leave, chair, told, loop, at_once, memory, stay, back)}


async def serve() -> None:
    """Answer line by line until there are no more."""
    allow_many_files()
    reader = asyncio.StreamReader(limit=1 << 24)
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := await reader.readline():
        asked = json.loads(line)
        answer: Any = await DOES[asked.pop("do")](**asked)
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    asyncio.run(serve())
