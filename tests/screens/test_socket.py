"""The screen's socket: it waits, follows as guests do, knows no command, and ends at once."""

import json
import time
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async
from channels.testing import WebsocketCommunicator

from config.asgi import application
from ledger.door import writing
from live.control import rights_changed
from meetings.actions import meetings, room
from meetings.snapshot.room import room_snapshot
from people.queries import system_user
from screens.actions import pairing
from screens.actions.pairing import Hanging
from screens.device import COOKIE
from tests.meetings.factories import now, world
from tests.screens.walls import paired_screen

pytestmark = pytest.mark.django_db(transaction=True)
HOST = (b"host", b"testserver")
OWN = (b"origin", b"http://testserver")


async def connect(token, origin=OWN):
    headers = [HOST, origin, (b"cookie", f"{COOKIE}={token}".encode())]
    socket = WebsocketCommunicator(application, "/ws/screen/", headers=headers)
    connected, _ = await socket.connect(timeout=5)
    assert connected
    return socket


async def hear(socket, kind, patience=5):
    while True:
        frame = json.loads(await socket.receive_from(timeout=patience))
        if kind in (frame.get("kind"), "hello" if "hello" in frame else ""):
            return frame


async def closed_with(socket, patience=5):
    while True:
        message = await socket.receive_output(timeout=patience)
        if message["type"] == "websocket.close":
            return message["code"]


def waiting():
    return pairing.show_code("", address="10.0.0.9", by=system_user(), at=now())


def pair(made, code):
    return pairing.pair(made.meeting, code=code, hanging=Hanging(), by=made.secretary, at=now())


async def test_a_waiting_screen_is_told_when_it_is_paired():
    made, shown = await sync_to_async(world)("published"), await sync_to_async(waiting)()
    socket = await connect(shown.token)
    assert (await hear(socket, "snapshot"))["data"] == {}
    started = time.monotonic()
    await sync_to_async(pair)(made, shown.code)
    assert await closed_with(socket) == 4403
    assert time.monotonic() - started < 1
    again = await connect(shown.token)
    told = await hear(again, "snapshot")
    assert told["data"] == await sync_to_async(room_snapshot)(made.meeting, "guest")
    await again.disconnect()


async def test_it_follows_and_ends_when_it_is_taken_off():
    made = await sync_to_async(world)("published")
    screen = await sync_to_async(paired_screen)(made.meeting, "the token")
    other = await sync_to_async(paired_screen)(made.meeting, "another")
    socket, second = await connect("the token"), await connect("another")
    await hear(socket, "snapshot")
    await hear(second, "snapshot")
    await sync_to_async(room.open_room)(made.meeting, by=made.chair, at=now())
    assert (await hear(socket, "meeting.opened"))["data"]["meeting"]["state"] == "open"
    started = time.monotonic()
    await sync_to_async(pairing.unpair)(screen, by=made.secretary, at=now())
    assert await closed_with(socket) == 4403
    assert time.monotonic() - started < 1
    assert (await hear(second, "meeting.opened"))["data"], "the other one goes on"
    assert await second.receive_nothing(timeout=0.3)
    assert other.public_id
    await second.disconnect()


async def test_it_knows_no_command():
    made = await sync_to_async(world)("open")
    await sync_to_async(paired_screen)(made.meeting, "the token")
    socket = await connect("the token")
    await hear(socket, "snapshot")
    for verb in ("close_meeting", "check_in", "cast", "lead", "anything"):
        await socket.send_to(json.dumps({"id": str(uuid4()), "do": verb, "data": {}}))
        answer = json.loads(await socket.receive_from(timeout=5))
        assert answer["code"] == "unknown_command", verb
    for verb in ("lead", "shown"):
        await socket.send_to(json.dumps({"do": verb, "data": {"page": 1}}))
    assert await socket.receive_nothing(timeout=0.3)
    await socket.send_to(json.dumps({"id": str(uuid4()), "do": "snapshot", "data": {}}))
    assert (await hear(socket, "snapshot"))["data"]["meeting"]["state"] == "open"
    await socket.disconnect()


@pytest.mark.parametrize(
    ("token", "origin"), [("", OWN), ("nobody", OWN), ("the token", (b"origin", b"http://elsewhere"))]
)
async def test_others_do_not_come_in(token, origin):
    made = await sync_to_async(world)("open")
    await sync_to_async(paired_screen)(made.meeting, "the token")
    assert await closed_with(await connect(token, origin)) == 4401


async def test_a_change_of_somebody_elses_rights_does_not_disturb_it():
    made = await sync_to_async(world)("open")
    await sync_to_async(paired_screen)(made.meeting, "the token")
    socket = await connect("the token")
    await hear(socket, "snapshot")

    def change():
        with writing():
            rights_changed(user_id=None, stream=made.meeting.stream, by=made.chair, at=now())

    await sync_to_async(change)()
    assert await socket.receive_nothing(timeout=0.5)
    await socket.disconnect()


async def test_it_ends_as_soon_as_its_meeting_is_called_off():
    made = await sync_to_async(world)("published")
    await sync_to_async(paired_screen)(made.meeting, "the token")
    socket = await connect("the token")
    await hear(socket, "snapshot")
    started = time.monotonic()
    await sync_to_async(meetings.cancel)(made.meeting, reason="Hoãn theo chỉ đạo", by=made.clerk, at=now())
    assert await closed_with(socket) == 4403
    assert time.monotonic() - started < 5
