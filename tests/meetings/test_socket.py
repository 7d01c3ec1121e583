"""The room's socket: who comes in, what they hear, what they may ask for, and when it ends."""

import asyncio
import json
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async
from channels.testing import WebsocketCommunicator
from django.test import Client

from config.asgi import application
from live.hub import current_hub
from live.patch import merged
from meetings.actions import agenda, participants
from meetings.details import Matter, Seat
from meetings.snapshot.own import personal_snapshot
from meetings.snapshot.room import room_snapshot
from tests.meetings.factories import bring, now, running_vote, world

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("nothing_left")]
OWN = (b"origin", b"http://testserver")


def cookie_of(user) -> bytes:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return f"sessionid={client.cookies['sessionid'].value}".encode()


class Tablet:
    """A browser in the room that keeps its state by the rules of the protocol."""

    def __init__(self, meeting, headers, query=""):
        address = f"/ws/meetings/{meeting.public_id}/{query}"
        self.socket = WebsocketCommunicator(application, address, headers=headers)
        self.state, self.own, self.frames = {}, {}, []

    async def hear(self, until, patience=5.0):
        """Read frames until one fits; apply patches on the way."""
        while True:
            frame = json.loads(await self.socket.receive_from(timeout=patience))
            self.frames.append(frame)
            self.take(frame)
            if until(frame):
                return frame

    def take(self, frame):
        if "seq" not in frame or "kind" not in frame or frame["kind"] == "skip":
            return
        mine = frame.get("stream") == "me"
        before = self.own if mine else self.state
        after = frame["data"] if frame["kind"] == "snapshot" else merged(before, frame["data"])
        self.own, self.state = (after, self.state) if mine else (self.own, after)

    async def do(self, verb, client_id=None, **data):
        sent = str(client_id or uuid4())
        await self.socket.send_to(json.dumps({"id": sent, "do": verb, "data": data}))
        return await self.hear(lambda frame: frame.get("ack") == sent or frame.get("nack") == sent)


async def enter(made, user, query=""):
    headers = [OWN, (b"host", b"testserver"), (b"cookie", await sync_to_async(cookie_of)(user))]
    tablet = Tablet(made.meeting, headers, query)
    connected, _ = await tablet.socket.connect(timeout=5)
    assert connected
    return tablet


async def enter_fully(made, user):
    tablet = await enter(made, user)
    await tablet.hear(lambda frame: frame.get("stream") == "me" and frame.get("kind") == "snapshot")
    return tablet


async def code_of(tablet):
    closed = await tablet.socket.receive_output(timeout=5)
    assert closed["type"] == "websocket.close"
    return closed["code"]


async def test_strangers_learn_nothing(made):
    stranger = await enter(made, made.stranger)
    assert await code_of(stranger) == 4404
    unsigned = Tablet(made.meeting, [OWN, (b"host", b"testserver")])
    await unsigned.socket.connect()
    assert await code_of(unsigned) == 4401
    clerk = await enter(made, made.clerk)
    assert await code_of(clerk) == 4403


async def test_another_sites_page_cannot_use_the_cookie(made):
    headers = [(b"origin", b"https://evil.example"), (b"host", b"testserver")]
    tablet = Tablet(made.meeting, [*headers, (b"cookie", await sync_to_async(cookie_of)(made.chair))])
    await tablet.socket.connect()
    assert await code_of(tablet) == 4401


async def test_the_room_follows_and_votes(made):
    chair, member = await enter_fully(made, made.chair), await enter_fully(made, made.members[0])
    assert chair.own["me"]["view"] == "chair"
    item = str(made.items[1].public_id)
    moved = await chair.do("move_item", item=item)
    assert moved["seq"] > 0
    await member.hear(lambda frame: frame.get("kind") == "item.current")
    assert member.state["meeting"]["current_item"] == item
    assert (await member.do("move_item", item=item))["code"] == "not_yours"
    assert (await member.do("fly"))["code"] == "unknown_command"
    assert (await member.do("move_item", item="x"))["code"] == "bad_frame"

    await sync_to_async(running_vote)(made)
    await member.hear(lambda frame: frame.get("kind") == "vote.opened")
    vote, tap = str(made.votes[0].public_id), uuid4()
    assert "ack" in await member.do("cast", tap, vote=vote, choice="yes")
    assert "ack" in await member.do("cast", tap, vote=vote, choice="yes")
    assert (await member.do("cast", vote=vote, choice="no"))["code"] == "already_voted"
    assert member.own["ballots"][vote]["choice"] == "yes"
    await chair.hear(lambda frame: frame.get("kind") == "vote.cast")
    assert chair.state["votes"][vote]["counts"]["yes"] == 1
    assert "counts" not in member.state["votes"][vote]
    assert "ack" in await chair.do("close_vote", vote=vote)
    await member.hear(lambda frame: frame.get("kind") == "vote.closed")
    assert "result" not in member.state["votes"][vote]
    assert "ack" in await chair.do("declare_vote", vote=vote)
    await member.hear(lambda frame: frame.get("kind") == "vote.declared")
    assert member.state["votes"][vote]["result"]["counts"]["yes"] == 1
    assert member.state == await sync_to_async(room_snapshot)(made.meeting, "")
    assert member.own == await sync_to_async(personal_snapshot)(made.meeting, made.members[0])


async def test_a_returning_tablet_catches_up(made):
    member = await enter_fully(made, made.members[0])
    stood = member.frames[0]["seq"]
    await member.socket.disconnect()
    chair = await enter_fully(made, made.chair)
    await chair.do("move_item", item=str(made.items[1].public_id))
    again = await enter(made, made.members[0], f"?since={stood}")
    again.state = member.state
    await again.hear(lambda frame: frame.get("kind") == "item.current")
    assert not [frame for frame in again.frames if frame.get("kind") == "snapshot" and "stream" not in frame]
    assert again.state == await sync_to_async(room_snapshot)(made.meeting, "")


async def test_what_was_drafted_is_not_replayed(made):
    prepared = await sync_to_async(world)("draft")
    await sync_to_async(drafted_and_published)(prepared)
    for user in (prepared.guest, prepared.members[0], prepared.stranger):
        tablet = await enter(prepared, user, "?since=0")
        await tablet.hear(lambda frame: frame.get("stream") == "me" and frame.get("seq"))
        assert [frame for frame in tablet.frames if frame.get("kind") == "snapshot" and "stream" not in frame]
        assert "Rút trước công bố" not in json.dumps(tablet.frames, ensure_ascii=False)


def drafted_and_published(prepared):
    """An item and a person go before publication, somebody is invited after it."""
    clerk, meeting = prepared.clerk, prepared.meeting
    item = agenda.add_item(meeting, matter=Matter("Rút trước công bố"), by=clerk, at=now())
    agenda.remove_item(item, by=clerk, at=now())
    bring(prepared, "published")
    item = agenda.add_item(meeting, matter=Matter("Rút trước công bố, lần hai"), by=clerk, at=now())
    edited = Matter("Nội dung đã sửa")
    agenda.edit_item(item, matter=edited, revision=item.revision, by=clerk, at=now())
    for user in (prepared.guest, prepared.members[0]):
        seat = Seat("member" if user == prepared.guest else "guest")
        participants.change(prepared.place(user), seat=seat, by=clerk, at=now())
    participants.invite(meeting, user=prepared.stranger, seat=Seat("guest"), by=clerk, at=now())


async def test_who_stood_where_they_could_hear_catches_up(made):
    prepared = await sync_to_async(world)("published")
    stood = (await sync_to_async(prepared.place)(prepared.guest)).told_from
    assert stood > 0
    guest = await enter(prepared, prepared.guest, f"?since={stood}")
    await guest.hear(lambda frame: frame.get("stream") == "me" and frame.get("seq"))
    assert not [frame for frame in guest.frames if frame.get("kind") == "snapshot" and "stream" not in frame]


async def test_a_number_nobody_could_have_brings_everything(made):
    guest = await enter(made, made.guest, f"?since={'9' * 5000}")
    await guest.hear(lambda frame: frame.get("kind") == "snapshot")
    assert guest.state == await sync_to_async(room_snapshot)(made.meeting, "guest")


async def test_a_lost_right_closes_the_socket(made):
    member = await enter_fully(made, made.members[0])
    place = await sync_to_async(made.place)(made.members[0])
    await sync_to_async(participants.remove)(place, by=made.secretary, at=now())
    async with asyncio.timeout(2):
        while (sent := await member.socket.receive_output(timeout=2))["type"] != "websocket.close":
            pass
    assert sent["code"] == 4403


async def test_the_snapshot_command_sends_the_whole_state_again(made):
    guest = await enter_fully(made, made.guest)
    guest.state = {}
    await guest.do("snapshot")
    assert guest.state == await sync_to_async(room_snapshot)(made.meeting, "guest")


async def test_chair_and_secretary_see_who_is_connected(made):
    chair = await enter_fully(made, made.chair)
    await enter_fully(made, made.members[0])
    person = str((await sync_to_async(made.place)(made.members[0])).public_id)
    await chair.hear(lambda frame: frame.get("kind") == "here" and person in frame["data"])


@pytest.fixture(autouse=True)
async def no_hub_left():
    yield
    current_hub().stop()
