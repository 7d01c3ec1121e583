"""Delivery is acknowledged: who shows a result, counted by person, at one process and over two."""

import asyncio
import json
import time
from contextlib import ExitStack, suppress
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async
from websockets.exceptions import ConnectionClosed

from meetings import shown
from meetings.actions import votes
from meetings.models import Participant
from meetings.session import RoomSession
from tests.load.fallback import hall, request, socket_of
from tests.meetings.factories import now, running_vote, world
from tests.meetings.transports import TRANSPORTS, page_of
from tests.servers.app import app_server
from tests.servers.redis import redis_program, redis_server

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("nothing_left")]
WRONG = "ab" * 32


def closed(made):
    running_vote(made)
    return votes.close_vote(made.vote(), by=made.chair, at=now())


def declared(made):
    return votes.declare(closed(made), by=made.chair, at=now())


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


async def test_before_it_is_declared_a_results_digest_is_the_chairs_alone(made):
    """Whoever has a digest finds the counts behind it by trying them."""
    vote = await sync_to_async(closed)(made)
    chair, guest, member = [
        await (await page_of("websocket", made.meeting, user)).settle()
        for user in (made.chair, made.guest, made.members[0])
    ]
    await tells(guest, vote, state="closed", digest="")
    frame = await chair.hear(counted([], [await sync_to_async(place_id)(made, made.guest)]))
    assert frame["data"]["digest"] == vote.digest
    for page in (guest, member):
        with pytest.raises(TimeoutError):
            await page.hear(lambda frame: frame.get("kind") == "shown", patience=0.4)


async def test_an_answer_for_one_meeting_is_none_for_another(made):
    vote = await sync_to_async(declared)(made)
    other = await sync_to_async(world)("open")
    data = shown.ShownData(vote=vote.public_id, state="declared", digest="")
    answers = await asyncio.gather(*(shown.looked_up(one.meeting, data) for one in (other, made)))
    assert answers == [None, vote.digest]


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

    def counted(*args):
        looks.append(args)
        return look(*args)

    monkeypatch.setattr(shown, "digest_now", counted)
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
    with ExitStack() as stack:
        redis = stack.enter_context(redis_server())
        servers = [
            stack.enter_context(app_server(data_dir=tmp_path / "data", REDIS_URL=redis.url, arguments=arguments))
            for arguments in (["--no-worker", "--prepare"], ["--no-worker"])
        ]
        room = await asyncio.to_thread(hall, servers[0], 3, 1)
        ports = [server.port for server in servers]
        chairs, first, second = room["cookies"]
        two = await socket_of(ports[1], room["path"], second)
        one = await socket_of(ports[0], room["path"], first)
        chair = await socket_of(ports[0], room["path"], chairs)
        here: set[str] = set()
        while len(here) < 3:  # those at the other process too, who came before the chair
            here |= (await told(chair, lambda frame: frame.get("kind") == "here"))["data"].keys()
        again = await socket_of(ports[0], room["path"], second)
        await told(again, lambda frame: frame.get("stream") == "me" and frame.get("kind") == "snapshot")
        await again.close()
        await told(chair, lambda frame: frame.get("kind") == "here" and None in frame["data"].values())
        await told(chair, lambda frame: frame.get("kind") == "here" and True in frame["data"].values())
        vote, digest = room["votes"][0], ""
        for verb, kind in (("open_vote", "opened"), ("close_vote", "closed"), ("declare_vote", "declared")):
            await chair.send(json.dumps({"id": str(uuid4()), "do": verb, "data": {"vote": vote}}))
            frame = await told(chair, lambda frame, wanted=f"vote.{kind}": frame.get("kind") == wanted)
            digest = frame["data"]["votes"][vote].get("digest", "")
        said = json.dumps({"do": "shown", "data": {"vote": vote, "state": "declared", "digest": digest}})
        await one.send(said)
        await two.send(said)
        counts: dict[str, list[str]] = {}
        while sum(map(len, counts.values())) < 2:
            frame = await told(chair, lambda frame: frame.get("kind") == "shown")
            counts[frame["data"]["process"]] = frame["data"]["people"]
        assert [len(people) for people in counts.values()] == [1, 1]
        await two.close()
        await told(chair, lambda frame: frame.get("kind") == "shown" and frame["data"]["people"] == [])
        await closed_everywhere(servers, room, one, first)
        await chair.close()


async def closed_everywhere(servers, room, socket, cookie):
    """A right taken away by a command line closes the person's pages in both processes, whatever carries them."""
    reader, writer = await asyncio.open_connection("127.0.0.1", servers[1].port, limit=2**24)
    writer.write(request(room["path"], "events/", cookie))
    await reader.readuntil(b'"stream":"me","seq"')
    pages = [closing(socket), reader.readuntil(b'"close":4403'), polled(servers[1].port, room["path"], cookie)]
    ends = asyncio.gather(*map(timed, pages))
    taken = float((await asyncio.to_thread(servers[0].manage, "shell", "-v0", "-c", TAKE_AWAY)).splitlines()[-1])
    assert max(await ends) - taken < 1.0
    writer.close()


async def polled(port, path, cookie):
    """Ask again and again until the line ends."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**24)
    bundle, ask = {}, "poll/"
    while "close" not in bundle:
        writer.write(request(path, ask, cookie))
        head = await reader.readuntil(b"\r\n\r\n")
        size = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
        bundle = json.loads(await reader.readexactly(size))
        ask = f"poll/?line={bundle.get('line')}&turn={bundle.get('turn')}"
    assert bundle["close"] == 4403
    writer.close()


TAKE_AWAY = """
import time
from django.utils import timezone
from meetings.actions import participants
from meetings.models import Participant
place = Participant.objects.select_related("meeting__agency", "user").order_by("pk")[1]
chair = Participant.objects.select_related("user").get(meeting=place.meeting, role="chair")
participants.remove(place, by=chair.user, at=timezone.now())
print(time.time())
"""


async def timed(waited):
    """Return when this has come."""
    await asyncio.wait_for(waited, 60)
    return time.time()


async def closing(socket):
    """Wait until a socket is closed for want of the right."""
    with suppress(ConnectionClosed):
        while True:
            await socket.recv()
    assert socket.close_code == 4403


async def told(socket, fits):
    """Read frames until one fits."""
    async with asyncio.timeout(20):
        while not fits(frame := json.loads(await socket.recv())):
            pass
    return frame
