"""Delivery is acknowledged: who shows a result, counted by person, at one process and over two."""

import asyncio
import json
from contextlib import ExitStack
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async
from websockets.asyncio.client import connect

from live.hub import current_hub
from live.lines.line import leave_all
from meetings import shown
from meetings.actions import votes
from meetings.ballot_box import ballot_box
from meetings.models import Participant
from meetings.session import RoomSession
from tests.meetings.factories import now, running_vote, world
from tests.meetings.transports import TRANSPORTS, page_of
from tests.servers.app import app_server
from tests.servers.redis import redis_program, redis_server
from tests.servers.run import demo_data

pytestmark = pytest.mark.django_db(transaction=True)
WRONG = "ab" * 32


@pytest.fixture
def made():
    prepared = world("open")
    yield prepared
    ballot_box.stop()


@pytest.fixture(autouse=True)
async def nothing_left():
    yield
    await leave_all(0)
    current_hub().stop()


def declared(made):
    running_vote(made)
    votes.close_vote(made.vote(), by=made.chair, at=now())
    return votes.declare(made.vote(), by=made.chair, at=now())


async def tells(page, vote, state="declared", digest=None):
    await page.pass_on("shown", vote=str(vote.public_id), state=state, digest=vote.digest if digest is None else digest)


def counted(people, differ=()):
    """Is this the frame that names just these people?"""
    wanted = sorted(str(one) for one in people), sorted(str(one) for one in differ)
    return lambda frame: frame.get("kind") == "shown" and (frame["data"]["people"], frame["data"]["differ"]) == wanted


def place_id(made, user):
    return made.place(user).public_id


@pytest.fixture(params=TRANSPORTS)
def over(request):
    return request.param


async def test_people_are_counted_once_and_no_more_when_they_leave(made, over):
    vote = await sync_to_async(declared)(made)
    chair = await (await page_of("websocket", made.meeting, made.chair)).settle()
    first, second = made.members[:2]
    pages = [await (await page_of(over, made.meeting, user)).settle() for user in (first, first, second)]
    one, two = [await sync_to_async(place_id)(made, user) for user in (first, second)]
    for page in pages:
        await tells(page, vote)
    await chair.hear(counted([one, two]))
    later = await page_of(over, made.meeting, made.guest)
    await later.hear(counted([one, two]))
    await pages[0].go()
    await pages[2].go()
    await leave_lines(over, pages)
    await chair.hear(counted([one]))


async def leave_lines(over, pages):
    """Polling lingers; let the two that went be missed."""
    if over == "polling":
        from live.lines.line import lines

        for page in (pages[0], pages[2]):
            line = lines.get(page.line)
            if line is not None:
                lines.remove(line)


async def test_another_digest_is_named(made):
    vote = await sync_to_async(declared)(made)
    chair = await (await page_of("websocket", made.meeting, made.chair)).settle()
    users = made.members[:2]
    pages = [await (await page_of("websocket", made.meeting, user)).settle() for user in users]
    one, two = [await sync_to_async(place_id)(made, user) for user in users]
    await tells(pages[0], vote, digest=WRONG)
    await chair.hear(counted([], [one]))
    await tells(pages[1], vote)
    await chair.hear(counted([two], [one]))
    await tells(pages[0], vote)
    frame = await chair.hear(counted([one, two]))
    assert frame["data"]["digest"] == vote.digest


async def test_an_open_question_has_no_digest(made):
    await sync_to_async(running_vote)(made)
    chair = await (await page_of("websocket", made.meeting, made.chair)).settle()
    await tells(chair, made.votes[0], state="open", digest="")
    await chair.hear(counted([await sync_to_async(place_id)(made, made.chair)]))


async def test_what_is_no_vote_here_counts_nothing(made):
    other = await sync_to_async(world)("open")
    vote = await sync_to_async(declared)(other)
    chair = await (await page_of("websocket", made.meeting, made.chair)).settle()
    await tells(chair, vote)
    await tells(chair, made.votes[0], state="declared", digest="")
    await chair.pass_on("shown", vote=str(uuid4()), state="declared", digest="")
    await chair.pass_on("shown", vote="x", state="declared", digest="")
    await chair.pass_on("shown", vote=str(vote.public_id), state="flown", digest="zz")
    with pytest.raises(TimeoutError):
        await chair.hear(lambda frame: frame.get("kind") == "shown", patience=0.5)


async def test_two_hundred_pages_cost_few_frames_and_one_look(made, monkeypatch):
    vote = await sync_to_async(declared)(made)
    looks = []
    look = shown.digest_now
    monkeypatch.setattr(shown, "digest_now", lambda *args: looks.append(args) or look(*args))
    sessions = [session_of(made, number) for number in range(200)]
    data = shown.ShownData(vote=vote.public_id, state="declared", digest=vote.digest)
    chair = await (await page_of("websocket", made.meeting, made.chair)).settle()
    await asyncio.gather(*(shown.shown(session, data) for session in sessions))
    frame = await chair.hear(lambda frame: frame.get("kind") == "shown" and len(frame["data"]["people"]) == 200)
    assert frame["data"]["differ"] == []
    assert len(looks) == 1
    assert len([one for one in chair.frames if one.get("kind") == "shown"]) <= 3
    for session in sessions[:50]:
        shown.page_left(session)
    await chair.hear(lambda frame: frame.get("kind") == "shown" and len(frame["data"]["people"]) == 150)


def session_of(made, number):
    """A session of somebody who takes part, without a transport."""
    session = RoomSession(None, {})
    session.meeting, session.follower = made.meeting, object()
    session.place = Participant(meeting=made.meeting, user_id=number + 10_000)
    return session


# --- two processes


@pytest.mark.slow
@pytest.mark.skipif(redis_program() is None, reason="Redis is not installed")
async def test_two_processes_tell_their_chairs_of_each_other(tmp_path):
    data = await sync_to_async(demo_data)(tmp_path / "data")
    with ExitStack() as stack:
        redis = stack.enter_context(redis_server())
        servers = [
            stack.enter_context(app_server(data_dir=data, DEMO="1", REDIS_URL=redis.url, arguments=["--no-worker"]))
            for _ in range(2)
        ]
        meeting, cookies, vote, digest = json.loads(servers[0].manage("shell", "-v0", "-c", PREPARE).splitlines()[-1])
        chair, one, two = [
            await stack_socket(server.port, meeting, cookies[name])
            for server, name in ((servers[0], "chair"), (servers[0], "one"), (servers[1], "two"))
        ]
        said = json.dumps({"do": "shown", "data": {"vote": vote, "state": "declared", "digest": digest}})
        await one.send(said)
        await two.send(said)
        people, processes = set(), set()
        async with asyncio.timeout(5):
            while len(people) < 2:
                frame = json.loads(await chair.recv())
                if frame.get("kind") == "shown":
                    people |= set(frame["data"]["people"])
                    processes.add(frame["data"]["process"])
        assert len(processes) == 2
        await two.close()
        async with asyncio.timeout(5):
            while (frame := json.loads(await chair.recv())).get("kind") != "shown" or frame["data"]["people"]:
                pass
        await one.close()
        await chair.close()


async def stack_socket(port, meeting, cookie):
    """Open a socket of the room and wait until everything is followed."""
    headers = {"Cookie": f"sessionid={cookie}", "Origin": f"http://127.0.0.1:{port}"}
    socket = await connect(f"ws://127.0.0.1:{port}/ws/meetings/{meeting}/", additional_headers=headers, max_size=None)
    while (frame := json.loads(await socket.recv())).get("stream") != "me" or frame.get("kind") != "snapshot":
        pass
    return socket


# A meeting of the demo that is open, signed in as its chair and two others, with a declared vote.
PREPARE = """
import json
from datetime import timedelta
from django.test import Client
from django.utils import timezone
from meetings.actions import presence, room, votes
from meetings.details import Asked
from meetings.models import Meeting
meeting = Meeting.objects.filter(state__in=("published", "open"), participants__votes=True).order_by("pk").first()
places = list(meeting.participants.filter(removed_at__isnull=True).select_related("user"))
chair = next(place for place in places if place.role == "chair")
others = [place for place in places if place.votes and place.pk != chair.pk][:2]
at = timezone.now()
Meeting.objects.filter(pk=meeting.pk, state="published").update(starts_at=at, ends_at=at + timedelta(hours=2))
meeting.refresh_from_db()
for place in places:
    place.meeting = meeting
    if place.votes and not (place.checked_in_at and not place.left_at):
        presence.check_in(place, by=chair.user, at=at)
if meeting.state != "open":
    meeting = room.open_room(meeting, by=chair.user, at=at)
vote = votes.prepare(meeting.current_item or meeting.items.first(), asked=Asked("Thông qua?"), by=chair.user, at=at)
votes.open_vote(vote, by=chair.user, at=at)
vote.refresh_from_db()
votes.close_vote(vote, by=chair.user, at=timezone.now())
vote.refresh_from_db()
vote = votes.declare(vote, by=chair.user, at=timezone.now())
cookies = {}
for name, place in zip(("chair", "one", "two"), (chair, *others)):
    client = Client()
    client.force_login(place.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    cookies[name] = client.cookies["sessionid"].value
print(json.dumps([str(meeting.public_id), cookies, str(vote.public_id), vote.digest]))
"""
