"""A lost right closes the socket within a second, in every process."""

import asyncio
import time

from tests.live.conftest import Place
from tests.live.rooms import Tablet, room_server, script, until

TAKE_RIGHT = """
from django.utils import timezone
from ledger.door import action
from ledger.record import record
from live.control import rights_changed
from people.models import User
@action
def change(user, *, by, at):
    User.objects.filter(pk=user.pk).update(**{change})
    record(user, "change", by=by, at=at, agency_id=1)
    rights_changed(user_id=user.pk, stream={stream!r}, by=by, at=at)
user = User.objects.get(pk={user})
change(user, by=user, at=timezone.now())
"""
NEW_EPOCH = """
from django.utils import timezone
from live.actions import new_epoch
from people.models import User
new_epoch(by=User.objects.get(pk={user}), at=timezone.now())
"""


async def test_a_lost_right_closes_the_socket_in_every_process(place: Place) -> None:
    with room_server(place.database) as (port, _), room_server(place.database, "uvicorn") as (second, _):
        tablets = [await Tablet(at, place.user).arrive() for at in (port, second)]
        stays = await Tablet(port, place.other).arrive()
        for tablet in (*tablets, stays):
            await tablet.until(0)
        code = TAKE_RIGHT.format(user=place.user, change={"is_active": False}, stream=None)
        await asyncio.to_thread(script, place.database, code)
        began = time.monotonic()
        await until(lambda: all(tablet.closed for tablet in tablets))
        assert time.monotonic() - began < 1.0
        assert {tablet.closed for tablet in tablets} == {4403}
        assert not stays.closed


async def test_another_view_gets_a_fresh_snapshot(place: Place) -> None:
    with room_server(place.database) as (port, _):
        chair = await Tablet(port, place.user, "chair").arrive()
        await chair.until(0)
        await chair.ask("say", {"text": "kín", "private": True}, "11111111-1111-4111-8111-111111111111")
        await chair.until(1)
        assert len(chair.state["notes"]) == 1
        code = TAKE_RIGHT.format(user=place.user, change={"phone": "guest"}, stream="meeting:1")
        await asyncio.to_thread(script, place.database, code)
        await until(lambda: chair.state == {"notes": {}})
        await chair.ask("say", {"text": "kín nữa", "private": True}, "21111111-1111-4111-8111-111111111111")
        await chair.until(2)
        assert chair.kinds[-1] == "skip"
        assert chair.state == {"notes": {}}


async def test_a_new_epoch_brings_everybody_back_for_a_fresh_snapshot(place: Place) -> None:
    with room_server(place.database) as (port, _):
        tablet = await Tablet(port, place.user).arrive()
        await tablet.until(0)
        await tablet.ask("say", {"text": "một"}, "31111111-1111-4111-8111-111111111111")
        await tablet.until(1)
        before, tablet.state = tablet.epoch, {"notes": {"cũ": "cũ"}}
        await asyncio.to_thread(script, place.database, NEW_EPOCH.format(user=place.user))
        await until(lambda: tablet.closed == 1012)
        await tablet.arrive()
        await until(lambda: tablet.epoch != before)
        await until(lambda: tablet.kinds[-1] == "snapshot")
        assert list(tablet.state["notes"].values()) == ["một"]


async def test_a_gap_in_the_log_brings_a_fresh_snapshot(place: Place) -> None:
    with room_server(place.database) as (port, _):
        tablet = await Tablet(port, place.user).arrive()
        await tablet.until(0)
        for number in range(5):
            await tablet.ask("say", {"text": str(number)}, f"41111111-1111-4111-8111-11111111111{number}")
        await tablet.until(5)
        await tablet.lose_socket()
        tablet.seq, tablet.kinds = 2, []
    script(place.database, "from live.models import Event; Event.objects.filter(seq__lte=3).delete()")
    with room_server(place.database) as (port, _):
        tablet.port = port
        await tablet.arrive()
        await until(lambda: tablet.kinds == ["snapshot"])
        assert sorted(tablet.state["notes"].values()) == ["0", "1", "2", "3", "4"]
