"""After a right is gone: no transport does anything more for its page; who serves a room passes nothing to it."""

import asyncio
import json
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async
from django.contrib.sessions.models import Session

from ledger.door import action, private
from live.control import rights_changed
from meetings.actions import participants
from meetings.details import Seat
from meetings.models import Meeting
from meetings.session import RoomSession
from tests.meetings.factories import now
from tests.meetings.test_shown import counted, declared, place_id, tells
from tests.meetings.test_transports import answered
from tests.meetings.transports import PollPage, page_of, session_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("nothing_left")]


@action
def signed_out(user, *, by, at):
    private()
    Session.objects.all().delete()
    rights_changed(user_id=user.pk, stream=None, by=by, at=at)


def moves(made):
    return json.dumps({"id": str(uuid4()), "do": "move_item", "data": {"item": str(made.items[1].public_id)}})


async def current(made):
    return (await Meeting.objects.aget(pk=made.meeting.pk)).current_item_id


class OncePage(PollPage):
    """A page that asks once and then no more: its line lingers."""

    async def listen(self):
        _, body = await answered(self.scope("poll"))
        bundle = json.loads(body)
        self.line = bundle["line"]
        for frame in bundle["frames"]:
            self.coming.put_nowait(frame)


async def test_a_lingering_line_does_nothing_for_a_session_that_is_over(made):
    headers = [(b"cookie", f"sessionid={await sync_to_async(session_of)(made.chair)}".encode())]
    page = await (await OncePage(made.meeting, headers).arrive()).settle()
    before = await current(made)
    await sync_to_async(signed_out)(made.chair, by=made.chair, at=now())
    await asyncio.sleep(0.8)
    await page.say(moves(made))
    assert page.code == 4401
    assert await current(made) == before


async def test_a_socket_that_is_being_closed_does_nothing_more(made):
    page = await (await page_of("websocket", made.meeting, made.chair)).settle()
    before = await current(made)
    await sync_to_async(signed_out)(made.chair, by=made.chair, at=now())
    assert await page.ending() == 4403
    await page.say(moves(made))
    await asyncio.sleep(0.3)
    assert await current(made) == before


async def test_who_serves_the_room_shows_no_vote(made):
    vote = await sync_to_async(declared)(made)
    chair = await (await page_of("websocket", made.meeting, made.chair)).settle()
    member = await (await page_of("websocket", made.meeting, made.members[0])).settle()
    server = await (await page_of("websocket", made.meeting, made.clerk, place="support/")).settle("")
    await tells(server, vote)
    await asyncio.sleep(0.2)
    await tells(member, vote)
    await chair.hear(counted([await sync_to_async(place_id)(made, made.members[0])]))


async def test_messages_to_the_secretary_do_not_stay_with_who_chairs_now(made):
    page = await (await page_of("websocket", made.meeting, made.secretary)).settle("support")
    place = await sync_to_async(made.place)(made.secretary)
    seat = Seat("chair", place.votes, place.title, place.seat)
    await sync_to_async(participants.change)(place, seat=seat, by=made.clerk, at=now())
    assert await page.ending() == 1012, "the page comes back and follows what a chair follows"
    again = await (await page_of("websocket", made.meeting, made.secretary)).settle()
    assert "support" not in again.states


async def test_who_loses_the_right_on_the_way_in_does_not_stay(made, monkeypatch):
    first = await (await page_of("websocket", made.meeting, made.members[1])).settle()
    place = await sync_to_async(made.place)(made.members[0])
    begin = RoomSession.begin

    async def late(session, asked):
        if session.user == made.members[0]:
            await sync_to_async(participants.remove)(place, by=made.secretary, at=now())
            await first.hear(lambda frame: frame.get("kind") == "person.removed")
            await asyncio.sleep(0.2)
        await begin(session, asked)

    monkeypatch.setattr(RoomSession, "begin", late)
    page = await page_of("websocket", made.meeting, made.members[0])
    assert await page.ending() == 4403
