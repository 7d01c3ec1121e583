"""Rooms with real sockets and processes: nothing is lost, whoever goes away or dies in between."""

import asyncio
import json
import os
import random
import signal
import time
from uuid import uuid4

import pytest

from tests.live.conftest import Place
from tests.live.rooms import Tablet, room_server, script, until

pytestmark = pytest.mark.slow
MANY_EVENTS = """
import random, sys
from django.utils import timezone
from people.models import User
from ledger.models import AuditEntry
from tests.live.board import say, take_back
user = User.objects.get(pk={user})
for number in range({count}):
    said = list(AuditEntry.objects.filter(verb="say").order_by("-seq").values_list("object_id", flat=True)[:3])
    if number % 7 == 6:
        take_back(random.choice(said), by=user, at=timezone.now())
    else:
        say(by=user, at=timezone.now(), text=f"Ý kiến số {{number}}", private=number % 3 == 0)
"""
DIE_BEFORE_THE_BELL = """
import os, signal
from django.utils import timezone
from people.models import User
from live import publish
from tests.live.board import say
publish.ring = lambda fresh: os.kill(os.getpid(), signal.SIGKILL)
try:
    say(by=User.objects.get(pk={user}), at=timezone.now(), text="cuối cùng")
finally:
    print("still alive")
"""
AS_WORKER = """
from django.utils import timezone
from people.models import User
from tests.live.board import say
say(by=User.objects.get(pk={user}), at=timezone.now(), text="từ tiến trình khác")
"""
SERVERS = ["daphne", "uvicorn"]


async def saying(place: Place, count: int) -> None:
    """Have another process write many events."""
    await asyncio.to_thread(script, place.database, MANY_EVENTS.format(user=place.user, count=count))


async def coming_and_going(tablet: Tablet, times: int) -> None:
    """Lose the socket again and again."""
    for _ in range(times):
        await asyncio.sleep(random.uniform(0.05, 0.3))
        await tablet.lose_socket()
        await asyncio.sleep(random.uniform(0.0, 0.3))
        await tablet.arrive()


async def compare(place: Place, server: str) -> None:
    """Two tablets lose their sockets in the middle of 500 events, two do not; in the end they agree."""
    with room_server(place.database, server) as (port, _):
        views = ["", "guest", "chair"]
        steady = [Tablet(port, place.user, view, personal=True) for view in views]
        shaky = [Tablet(port, place.user, view, personal=True) for view in views]
        for tablet in (*steady, *shaky):
            await tablet.arrive()
        await asyncio.gather(saying(place, 500), *(coming_and_going(tablet, 6) for tablet in shaky))
        for tablet in (*steady, *shaky):
            await tablet.until(500)
            await until(lambda tablet=tablet: tablet.my_seq == 500)
        late = [await Tablet(port, place.user, view, personal=True).arrive() for view in views]
        for stayed, went, came in zip(steady, shaky, late, strict=True):
            await came.until(500)
            await until(lambda came=came: came.my_seq == 500)
            assert went.state == stayed.state == came.state
            assert went.mine == stayed.mine == came.mine
            assert stayed.epoch == went.epoch
        assert steady[0].state["notes"].keys() > steady[1].state["notes"].keys()
        assert "skip" in steady[1].kinds


@pytest.mark.parametrize("server", SERVERS)
async def test_who_loses_the_socket_among_500_events_ends_in_the_same_state(place: Place, server: str) -> None:
    await compare(place, server)


@pytest.mark.postgres
async def test_the_same_on_postgresql(postgres_place: Place) -> None:
    await compare(postgres_place, "daphne")


async def test_death_between_commit_and_bell_loses_nothing(place: Place) -> None:
    with room_server(place.database) as (port, _):
        tablet = await Tablet(port, place.user).arrive()
        await tablet.until(0)
        with pytest.raises(AssertionError):  # killed: the exit status is not 0
            await asyncio.to_thread(script, place.database, DIE_BEFORE_THE_BELL.format(user=place.user))
        await tablet.until(1)
        assert list(tablet.state["notes"].values()) == ["cuối cùng"]


async def test_a_server_killed_among_commands_has_done_each_once(place: Place) -> None:
    ids = [str(uuid4()) for _ in range(30)]
    with room_server(place.database) as (port, process):
        tablet = await Tablet(port, place.user).arrive()
        await tablet.until(0)
        for request_id in ids:
            await tablet.ask("say", {"text": request_id}, request_id)
        await until(lambda: len(tablet.answers) >= 5)
        os.kill(process.pid, signal.SIGKILL)
        await until(lambda: tablet.closed)
    with room_server(place.database) as (port, _):
        tablet.port = port
        await tablet.arrive()
        for request_id in ids:  # sent again, as socket.js does with what was not answered
            await tablet.ask("say", {"text": request_id}, request_id)
        await until(lambda: len(tablet.answers) == 30)
        await tablet.until(30)
    assert all("ack" in answer for answer in tablet.answers.values())
    assert sorted(tablet.state["notes"].values()) == sorted(ids)


async def test_another_process_reaches_the_room_without_any_channel_message(place: Place) -> None:
    with room_server(place.database) as (port, _):
        tablet = await Tablet(port, place.user).arrive()
        await tablet.until(0)
        await asyncio.to_thread(script, place.database, AS_WORKER.format(user=place.user))
        began = time.monotonic()
        await tablet.until(1)
        assert time.monotonic() - began < 1.0


@pytest.mark.parametrize("server", SERVERS)
async def test_who_does_not_read_is_dropped_and_delays_nobody(place: Place, server: str) -> None:
    text = "x" * 100_000
    code = MANY_EVENTS.format(user=place.user, count=300).replace("Ý kiến số", text)
    with room_server(place.database, server, STUCK_SECONDS="2") as (port, _):
        quick = await Tablet(port, place.user).arrive()
        slow = Tablet(port, place.user)
        await slow.arrive()
        await slow.until(0)
        assert slow.socket is not None
        slow.socket.transport.pause_reading()
        await asyncio.to_thread(script, place.database, code)
        await quick.until(300, 60)
        await asyncio.sleep(3)
        await asyncio.to_thread(script, place.database, AS_WORKER.format(user=place.user))
        await quick.until(301)
        await asyncio.sleep(1)
        slow.socket.transport.resume_reading()
        await until(lambda: slow.closed)
        assert slow.seq < 301
        await slow.arrive()
        await slow.until(301)
        assert slow.state == quick.state


async def test_a_command_that_cannot_be_read_is_answered_with_a_sentence(place: Place) -> None:
    with room_server(place.database) as (port, _):
        tablet = await Tablet(port, place.user).arrive()
        assert tablet.socket is not None
        for text in ("không", "[]", '{"id": 5, "do": "say"}', '{"id": "x", "do": "say"}', '{"do": 1}', "[" * 100_000):
            tablet.answers.clear()
            await tablet.socket.send(text)
            await until(lambda: tablet.answers)
            answer = next(iter(tablet.answers.values()))
            assert answer["code"] == "bad_frame"
            assert answer["text"]
        await tablet.ask("say", {"nonsense": 1}, request_id := str(uuid4()))
        await until(lambda: request_id in tablet.answers)
        assert tablet.answers[request_id]["code"] == "failed"
        assert tablet.closed == 0


async def test_frames_without_a_number_pass_and_are_not_kept(place: Place) -> None:
    with room_server(place.database) as (port, _):
        one, other = [await Tablet(port, place.user).arrive() for _ in range(2)]
        await one.until(0)
        await other.until(0)
        assert one.socket is not None
        for number in range(20):
            await one.socket.send(json.dumps({"do": "point", "data": {"x": number}}))
        await until(lambda: other.passing and other.passing[-1]["data"] == {"x": 19})
        assert len(other.passing) < 6  # at most four a second, the newest always last
        assert other.seq == 0
