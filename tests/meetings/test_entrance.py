"""A socket lives no longer than the session or token that opened it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async

from ledger.verdict import Refused
from live.frames import Request
from meetings.session import RoomSession
from people.actions import tokens
from tests.meetings.factories import now
from tests.meetings.test_socket import Tablet

pytestmark = pytest.mark.django_db(transaction=True)


async def test_a_socket_ends_with_its_token(made):
    by = made.chair
    _, text = await sync_to_async(tokens.issue)(by, by=by, at=now(), valid_for=timedelta(seconds=2))
    tablet = Tablet(made.meeting, [(b"host", b"testserver"), (b"authorization", f"Bearer {text}".encode())])
    connected, _ = await tablet.socket.connect(timeout=5)
    assert connected
    await tablet.hear(lambda frame: frame.get("stream") == "me" and frame.get("kind") == "snapshot")
    assert "ack" in await tablet.do("move_item", item=str(made.items[1].public_id))
    assert await last_code(tablet) == 4401


async def last_code(tablet):
    while True:
        sent = await tablet.socket.receive_output(timeout=5)
        if sent["type"] == "websocket.close":
            return sent["code"]


async def test_nothing_is_done_with_what_has_expired(made):
    room = RoomSession(None, {})
    room.good_until = now()
    with pytest.raises(Refused, match="entrance_over"):
        await room.do(Request("conclude", uuid4(), {"text": "x"}))
