"""The bell between processes: quick while the broker is there, not needed when it is not."""

import json
import os
import signal
import time
from uuid import uuid4

import pytest

from tests.live.conftest import Place
from tests.live.rooms import Tablet, room_server, until
from tests.servers.redis import redis_program, redis_server

pytestmark = [
    pytest.mark.redis,
    pytest.mark.skipif(redis_program() is None, reason="Redis is not installed"),
]


async def said(by: Tablet, heard_by: Tablet, text: str) -> float:
    """Let one say something; return how long it took until the other's page showed it."""
    began, seq = time.monotonic(), heard_by.seq + 1
    await by.ask("say", {"text": text}, str(uuid4()))
    await heard_by.until(seq)
    return time.monotonic() - began


async def test_the_bell_reaches_the_other_process_long_before_it_polls(place: Place) -> None:
    with redis_server() as redis:
        more = {"ROOM_REDIS": redis.url, "LIVE_POLL_MS": "60000"}
        with room_server(place.database, **more) as (port, _), room_server(place.database, **more) as (second, _):
            here, there = await Tablet(port, place.user).arrive(), await Tablet(second, place.other).arrive()
            await here.until(0)
            await there.until(0)
            for number in range(3):
                assert await said(here, there, str(number)) < 10
                assert await said(there, here, str(number)) < 10
            assert here.socket is not None
            await here.socket.send(json.dumps({"do": "point", "data": {"x": 1}}))
            await until(lambda: {"kind": "point", "data": {"x": 1}} in there.passing)


async def test_a_dead_broker_delays_neither_commit_nor_room(place: Place) -> None:
    with redis_server() as redis:
        more = {"ROOM_REDIS": redis.url}
        servers = room_server(place.database, **more), room_server(place.database, **more)
        with servers[0] as (port, _), servers[1] as (second, _):
            here, there = await Tablet(port, place.user).arrive(), await Tablet(second, place.other).arrive()
            await here.until(0)
            await there.until(0)
            await said(here, there, "còn")
            os.kill(redis.pid, signal.SIGKILL)
            times = [await said(here, there, str(number)) for number in range(5)]
            assert sorted(times)[2] < 2
            assert here.seq == there.seq == 6
