"""The same stay over WebSocket, a stream of events and polling: who comes in, what they hear and do, how it ends."""

import asyncio
import json
from datetime import timedelta
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async
from asgiref.testing import ApplicationCommunicator
from django.contrib.sessions.models import Session

from config.asgi import application
from live.hub import PER_PERSON, current_hub
from live.lines.line import leave_all, lines
from live.lines.polling import PAUSE, PollLine
from meetings import passing
from meetings.actions import participants
from meetings.commands.orders import COMMANDS, NoData
from meetings.snapshot.own import personal_snapshot
from meetings.snapshot.room import room_snapshot
from meetings.snapshot.views import CHAIR
from people.actions import tokens
from tests.meetings.factories import now, running_vote, world
from tests.meetings.transports import HOST, OWN, TRANSPORTS, EventsPage, page_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("nothing_left")]


@pytest.fixture(params=TRANSPORTS)
def over(request):
    return request.param


async def test_who_may_not_come_in_learns_why_and_nothing_else(made, over):
    other = await sync_to_async(world)("open")
    for user, code in ((None, 4401), (made.stranger, 4404), (other.members[0], 4404), (made.clerk, 4403)):
        page = await page_of(over, made.meeting, user)
        assert await page.ending() == code
        assert page.frames == []


async def test_the_room_is_followed_and_commands_are_done_once(made, over):
    chair, member = [await page_of(over, made.meeting, user) for user in (made.chair, made.members[0])]
    await chair.settle()
    await member.settle()
    item, sent = str(made.items[1].public_id), uuid4()
    first = await chair.do("move_item", sent, item=item)
    assert first["ack"] == str(sent)
    assert (await chair.do("move_item", sent, item=item))["seq"] == first["seq"]
    await member.hear(lambda frame: frame.get("kind") == "item.current")
    assert member.states[""]["meeting"]["current_item"] == item
    assert (await member.do("move_item", item=item))["code"] == "not_yours"
    assert (await member.do("fly"))["code"] == "unknown_command"
    assert (await member.do("move_item", item="x"))["code"] == "bad_frame"
    await member.say("{")
    assert (await member.hear(lambda frame: "nack" in frame))["code"] == "bad_frame"
    assert member.states[""] == await sync_to_async(room_snapshot)(made.meeting, "")


async def test_a_ballot_goes_into_the_box_and_counts_once(made, over):
    member, guest = [await page_of(over, made.meeting, user) for user in (made.members[0], made.guest)]
    await member.settle()
    await guest.settle()
    await sync_to_async(running_vote)(made)
    await member.hear(lambda frame: frame.get("kind") == "vote.opened")
    vote, tap = str(made.votes[0].public_id), uuid4()
    assert "ack" in await member.do("cast", tap, vote=vote, choice="yes")
    assert "ack" in await member.do("cast", tap, vote=vote, choice="yes")
    assert (await guest.do("cast", vote=vote, choice="yes"))["code"] == "not_on_roll"
    await asyncio.sleep(0.2)
    assert await sync_to_async(made.votes[0].ballots.count)() == 1


@pytest.mark.parametrize("who", ["stranger", "guest", "elsewhere"])
async def test_no_verb_of_the_room_is_open_to_who_has_no_part_in_it(made, over, who):
    user = (await sync_to_async(world)("open")).members[0] if who == "elsewhere" else getattr(made, who)
    await sync_to_async(running_vote)(made)
    before = await sync_to_async(room_snapshot)(made.meeting, CHAIR)
    page = await page_of(over, made.meeting, user)
    data = everything(made, await sync_to_async(made.place)(made.members[0]))
    if who == "guest":
        await page.settle()
        for verb in sorted({*COMMANDS, "cast"} - OPEN_TO_GUESTS):
            assert "nack" in await page.do(verb, **data), verb
        return await page.go()
    assert await page.ending() in {4403, 4404}
    for verb in sorted({*COMMANDS, "cast"}) if over != "websocket" else ():
        page.code = 0
        await page.say(json.dumps({"id": str(uuid4()), "do": verb, "data": data}))
        assert page.code in {4403, 4404}, verb
    assert page.frames == []
    assert await sync_to_async(room_snapshot)(made.meeting, CHAIR) == before
    return None


# Coming and going, asking for water, and reading are everybody's; `tests/meetings/test_matrix*.py` say the rest.
OPEN_TO_GUESTS = {"check_in", "leave", "set_site", "call_service", "withdraw_call"}


def everything(made, place):
    """Return data with which every command is understood."""
    vote, item, person = made.votes[0].public_id, made.items[0].public_id, place.public_id
    known = {"vote": vote, "item": item, "person": person, "people": [person], "conclusion": uuid4()}
    known |= {
        "speech": uuid4(),
        "entry": uuid4(),
        "call": uuid4(),
        "paper": uuid4(),
        "choice": "yes",
        "manner": "hands",
    }
    words = {
        "question": "?",
        "reason": "?",
        "text": "?",
        "seen": "?",
        "lane": "speech",
        "subject": "?",
        "order": "fair",
    }
    rest = {"seconds": 30, "position": 1, "present": 1, "counts": {"yes": 1, "no": 0, "abstain": 0}, "kind": "water"}
    return json.loads(json.dumps({**known, **words, **rest}, default=str))


async def test_a_returning_page_gets_only_what_it_missed(made, over):
    member = await (await page_of(over, made.meeting, made.members[0])).settle()
    hello = [frame for frame in member.frames if "hello" in frame]
    await member.go()
    chair = await (await page_of("websocket", made.meeting, made.chair)).settle()
    await chair.do("move_item", item=str(made.items[1].public_id))
    stood = "&".join(
        f"{frame.get('stream', 'since')}={frame['seq']}"
        f"&{frame['stream'] + '_epoch' if 'stream' in frame else 'epoch'}={frame['epoch']}"
        for frame in hello
    )
    again = await page_of(over, made.meeting, made.members[0], query=f"?{stood}")
    again.states = member.states
    await again.hear(lambda frame: frame.get("kind") == "item.current")
    assert not [frame for frame in again.frames if frame.get("kind") == "snapshot"]
    assert again.states[""] == await sync_to_async(room_snapshot)(made.meeting, "")
    assert again.states["me"] == await sync_to_async(personal_snapshot)(made.meeting, made.members[0])


async def test_a_lost_right_ends_it_within_a_second(made, over):
    member = await (await page_of(over, made.meeting, made.members[0])).settle()
    place = await sync_to_async(made.place)(made.members[0])
    await sync_to_async(participants.remove)(place, by=made.secretary, at=now())
    assert await member.ending(1.0) == 4403


async def test_it_ends_with_the_session_that_opened_it(made, over):
    await sync_to_async(shorten)()
    page = await page_of(over, made.meeting, made.members[0])
    await sync_to_async(shorten)()
    await page.settle()
    session = await sync_to_async(Session.objects.get)()
    session.expire_date = now() + timedelta(seconds=1)
    await session.asave()
    again = type(page)(made.meeting, page.headers)
    await (await again.arrive()).settle()
    assert await again.ending(4.0) == 4401


def shorten():
    Session.objects.exclude(pk=Session.objects.order_by("-expire_date").values("pk")[:1]).delete()


async def test_passing_frames_reach_their_verb(made, over):
    heard = []
    passing.PASSING["touch"] = (NoData, lambda session, data: heard.append(session.place.user_id))
    page = await (await page_of(over, made.meeting, made.members[0])).settle()
    await page.pass_on("touch")
    await page.pass_on("nothing_of_ours")
    await until(lambda: heard == [made.members[0].pk])
    del passing.PASSING["touch"]


async def until(true, seconds=3.0):
    async with asyncio.timeout(seconds):
        while not true():
            await asyncio.sleep(0.01)


async def test_the_newest_kept_frame_meets_who_comes_later(made, over):
    first = await (await page_of(over, made.meeting, made.members[0])).settle()
    current_hub().ephemeral(made.meeting.stream, {"kind": "lead", "data": {"page": 3}}, key="lead", keep=True)
    await first.hear(lambda frame: frame.get("kind") == "lead")
    later = await page_of(over, made.meeting, made.guest)
    assert (await later.hear(lambda frame: frame.get("kind") == "lead"))["data"] == {"page": 3}


async def test_presence_counts_people_over_any_transport(made, over):
    chair = await (await page_of("websocket", made.meeting, made.chair)).settle()
    person = str((await sync_to_async(made.place)(made.members[0])).public_id)
    page = await (await page_of(over, made.meeting, made.members[0])).settle()
    await chair.hear(lambda frame: frame.get("kind") == "here" and frame["data"].get(person))
    await page.go()
    if over == "polling":
        await leave_all(0)
    await chair.hear(lambda frame: frame.get("kind") == "here" and frame["data"].get(person, 0) is None)


# --- over HTTP alone


async def answered(scope, body=b""):
    request = ApplicationCommunicator(application, scope)
    await request.send_input({"type": "http.request", "body": body})
    start = await request.receive_output(5)
    return start["status"], (await request.receive_output(5))["body"]


async def test_a_page_of_another_site_can_say_nothing(made):
    page = await (await page_of("events", made.meeting, made.chair)).settle()
    body = json.dumps({"id": str(uuid4()), "do": "close_meeting", "data": {}}).encode()
    good = page.scope("say", "POST", f"line={page.line}")
    foreign = [(name, b"https://evil.example" if name == b"origin" else value) for name, value in good["headers"]]
    tokenless = [header for header in good["headers"] if header[0] != b"x-csrftoken"]
    for headers in (foreign, tokenless):
        assert await answered({**good, "headers": headers}, body) == (403, b"")
    await sync_to_async(made.meeting.refresh_from_db)()
    assert made.meeting.state == "open"


@pytest.mark.parametrize("kind", [b"multipart/form-data", b"multipart/form-data; boundary=\xff", b"a/b; charset=\x00"])
async def test_what_calls_itself_a_form_is_none(made, kind):
    page = await (await page_of("events", made.meeting, made.chair)).settle()
    good = page.scope("say", "POST", f"line={page.line}")
    tokenless = [header for header in good["headers"] if header[0] != b"x-csrftoken"]
    assert await answered({**good, "headers": [*tokenless, (b"content-type", kind)]}, b"x") == (403, b"")


async def test_only_who_opened_a_line_is_heard_in_other_processes(made, monkeypatch):
    sent: list[object] = []
    monkeypatch.setattr("live.courier.send", sent.append)
    page = await (await page_of("events", made.meeting, made.chair)).settle()
    name = page.line
    lines.remove(lines.get(name))
    scope, body = page.scope("say", "POST", f"line={name}"), json.dumps({"do": "lead", "data": {}}).encode()
    sent.clear()
    assert await answered(scope, body) == (204, b"")
    assert [one["line"] for one in sent] == [name]
    anybody = {**scope, "headers": [HOST, (b"authorization", b"Bearer x")]}
    for query in (f"line={name}", "line=x", "line=x.y", "line=%ff.%ff", ""):
        assert await answered({**anybody, "query_string": query.encode()}, body) == (204, b"")
    assert len(sent) == 1


async def test_another_sites_page_opens_no_line(made):
    page = await page_of("events", made.meeting, made.chair)
    scope = page.scope("events")
    foreign = {**scope, "headers": [(b"origin", b"https://evil.example"), *scope["headers"]]}
    status, body = await answered(foreign)
    assert (status, json.loads(body)) == (401, {"close": 4401})


async def test_a_line_is_no_use_to_somebody_else(made):
    page = await (await page_of("events", made.meeting, made.chair)).settle()
    thief = await page_of("events", made.meeting, made.guest)
    await thief.settle()
    thief.line = page.line
    assert (await thief.do("move_item", item=str(made.items[1].public_id)))["code"] == "not_yours"
    poller = await page_of("polling", made.meeting, made.members[0])
    await poller.settle()
    scope = thief.scope("poll", query=f"line={poller.line}&turn={poller.turn}")
    _, body = await answered(scope)
    assert json.loads(body)["line"] != poller.line


async def test_a_token_may_speak_without_a_cookie(made):
    by = made.chair
    _, text = await sync_to_async(tokens.issue)(by, by=by, at=now(), valid_for=timedelta(minutes=2))
    page = EventsPage(made.meeting, [(b"authorization", f"Bearer {text}".encode())])
    await page.arrive()
    await page.settle()
    scope = page.scope("say", "POST", f"line={page.line}")
    scope["headers"] = [HOST, *page.headers]
    status, body = await answered(scope, json.dumps({"id": str(uuid4()), "do": "snapshot", "data": {}}).encode())
    assert status == 200
    assert b"ack" in body


async def test_a_command_whose_line_is_elsewhere_is_done_all_the_same(made):
    page = await (await page_of("events", made.meeting, made.chair)).settle()
    page.line = "in-another-process"
    assert "ack" in await page.do("move_item", item=str(made.items[1].public_id))


async def test_odd_requests_get_plain_answers(made):
    page = await (await page_of("events", made.meeting, made.chair)).settle()
    assert (await answered(page.scope("say", "GET")))[0] == 405
    assert (await answered(page.scope("dance")))[0] == 404
    assert (await answered(page.scope("say", "POST"), b"x" * 300_000))[0] == 413
    status, body = await answered(page.scope("say", "POST", f"line={page.line}"), b"\xff\x00")
    assert (status, json.loads(body)["code"]) == (200, "bad_frame")
    assert (await answered({**page.scope("events"), "path": "/live/nothing/"}))[0] == 404


async def test_a_lost_answer_of_polling_is_made_good(made):
    page = await (await page_of("polling", made.meeting, made.chair)).settle()
    await page.go()
    line = page.line
    status, body = await answered(page.scope("poll", query=f"line={line}&turn=0"))
    assert status == 200
    assert json.loads(body)["line"] != line
    assert lines.get(line) is None


async def test_polling_bundles_what_comes_close_together(made):
    page = await (await page_of("polling", made.meeting, made.members[0])).settle()
    await asyncio.sleep(PAUSE)
    first = asyncio.get_running_loop().time()
    for number in range(40):
        current_hub().ephemeral(made.meeting.stream, {"kind": "dot", "data": {"n": number}})
        await asyncio.sleep(0.01)
    await page.hear(lambda frame: frame.get("kind") == "dot" and frame["data"]["n"] == 39)
    spent = asyncio.get_running_loop().time() - first
    line = lines.get(page.line)
    assert isinstance(line, PollLine)
    assert line.turn <= 3 + spent / PAUSE


async def test_one_person_has_so_many_pages_and_the_oldest_give_way(made, over, monkeypatch):
    monkeypatch.setattr("live.hub.PER_PERSON", 3)
    other = await (await page_of("websocket", made.meeting, made.members[0])).settle()
    oldest = await (await page_of(over, made.meeting, made.chair)).settle()
    ways = ["websocket", "events", "polling"]
    pages = [await (await page_of(way, made.meeting, made.chair)).settle() for way in ways]  # each signs in anew
    assert await oldest.ending() == 1013
    assert len(current_hub().followers[made.chair.pk]) == 3
    assert PER_PERSON > 12
    for page in (*pages, other):
        assert "ack" in await page.do("snapshot")


async def test_a_server_that_stops_sends_everybody_back(made):
    pages = [await (await page_of(over, made.meeting, made.chair)).settle() for over in ("events", "polling")]
    assert await leave_all(0.1) == 2
    for page in pages:
        assert await page.ending() == 1012


def test_origins_differ():
    assert OWN[1].endswith(HOST[1])


# --- two lanes


async def test_an_act_of_the_chair_is_not_held_back_by_counters(made, over):
    """Counters of a key go out four times a second at most; what the chair does passes them at once."""
    chair = await (await page_of("websocket", made.meeting, made.chair)).settle()
    member = await (await page_of(over, made.meeting, made.members[0])).settle()
    loop, hub = asyncio.get_running_loop(), current_hub()
    counting = True

    async def count():
        number = 0
        while counting:
            number += 1
            for key in ("cast", "here", "shown"):
                hub.ephemeral(made.meeting.stream, {"kind": key, "data": {"n": number}}, key=key)
            await asyncio.sleep(0.002)

    counters = asyncio.ensure_future(count())
    await asyncio.sleep(0.6)
    waits = []
    for item in (made.items[1], made.items[0], made.items[1]):
        begun = loop.time()
        acked = await chair.do("move_item", item=str(item.public_id))
        done = loop.time()
        await member.hear(
            lambda frame, seq=acked["seq"]: frame.get("seq") == seq and frame.get("kind") == "item.current"
        )
        waits.append(loop.time() - done)
        assert done - begun < 2.0
    counting = False
    await counters
    heard = [frame for frame in member.frames if frame.get("kind") == "cast"]
    assert min(waits) < (0.1 if over != "polling" else PAUSE + 0.1), waits
    assert len(heard) <= 4 * 8
