"""Notes on a live line, in the room and on reading pages, over every transport: they come, change and end alone."""

import asyncio
import json
from typing import Any
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async

from documents.actions.access import set_audiences
from ledger.door import action, private
from live.control import rights_changed
from live.hub import current_hub
from meetings.actions import groups, papers, participants
from meetings.details import Seat
from tests.annotations.factories import STYLE, do, meeting_circle, named, op, put
from tests.meetings.factories import now, world
from tests.meetings.transports import TRANSPORTS, session_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("nothing_left")]


async def opened(made, user, *, transport="websocket", room=False):
    """A page of this person, in the room or reading, whose line stands."""
    headers = [(b"cookie", f"sessionid={await sync_to_async(session_of)(user)}".encode())]
    page = TRANSPORTS[transport](made.meeting, headers)
    page.path = page.path if room else "reading/"
    await page.arrive()
    return await page.settle("me" if room else "")


def labels(made):
    document = made.papers[0].document.public_id
    return f"notes:{document}", f"notes:{document}:meeting:{made.meeting.public_id}"


def reads(page, made, **more):
    return page.do("read", document=str(made.papers[0].document.public_id), **more)


@action
def told_to_look_again(made, *, by, at):
    private()
    rights_changed(user_id=made.members[0].pk, stream=None, by=by, at=at)


async def act(work, *args, **named_args):
    return await sync_to_async(work)(*args, **named_args)


async def shows(page, label, *notes):
    """Read frames until the stream shows exactly these notes; polling brings them after the answer."""
    async with asyncio.timeout(5):
        while set(page.states.get(label, {"notes": {"?": 1}})["notes"]) != set(notes):
            await page.hear(lambda frame: True)


@pytest.mark.parametrize("room", [True, False], ids=["room", "reading"])
@pytest.mark.parametrize("transport", TRANSPORTS)
async def test_a_note_comes_to_who_may_see_it(made, transport, room):
    own, shared = labels(made)
    document = made.papers[0].document
    writer = await opened(made, made.members[0], transport=transport, room=room)
    reader = await opened(made, made.guest, transport=transport, room=room)
    ack = await reads(writer, made)
    assert set(ack["data"]["streams"]) > {own, shared}
    assert ack["data"]["circles"][0]["name"] == f"meeting:{made.meeting.public_id}"
    await reads(reader, made)
    made_by = await act(put, document, to=meeting_circle(made))
    private = await act(put, document)
    answer = await writer.do("annotate", document=str(document.public_id), operations=[made_by, private, {"id": "x"}])
    assert [one.get("ok", one.get("code")) for one in answer["data"]["answers"]] == [True, True, "bad_operation"]
    await shows(reader, shared, made_by["note"])
    await shows(reader, own)
    await shows(writer, own, made_by["note"], private["note"])
    await writer.do("annotate", document=str(document.public_id), operations=[op("share", made_by["note"], to=None)])
    await shows(reader, shared)
    await writer.do("stop_reading", document=str(document.public_id))
    assert not any(
        key.startswith("notes:")
        for key in current_hub()._rooms
        if ":user:" in key and key.endswith(f":{made.members[0].pk}")
    )


async def test_a_page_comes_back_with_where_it_stood(made):
    own, shared = labels(made)
    document = made.papers[0].document
    page = await opened(made, made.guest)
    await reads(page, made)
    hello = next(frame for frame in page.frames if frame.get("stream") == shared and "hello" in frame)
    await page.go()
    await act(do, document, made.chair, await act(put, document, to=meeting_circle(made)))
    place = {"seq": hello["seq"], "epoch": hello["epoch"]}
    again = await opened(made, made.guest)
    await reads(again, made, places={shared: place})
    kinds = [frame["kind"] for frame in again.frames if frame.get("stream") == shared and "kind" in frame]
    assert kinds == ["notes.changed"]
    stranger = await opened(made, made.members[1])
    await reads(stranger, made, places={shared: place, own: {"seq": "x", "epoch": 7}})
    kinds = [frame["kind"] for frame in stranger.frames if frame.get("stream") == shared and "kind" in frame]
    assert kinds == ["snapshot"]  # another one's place proves nothing


async def test_what_was_erased_before_one_came_is_told_to_nobody_again(made):
    _, shared = labels(made)
    document = made.papers[0].document
    asked = await act(put, document, to=meeting_circle(made), body="bímật")
    await act(do, document, made.chair, asked, op("erase", asked["note"]))
    page = await opened(made, made.members[0])
    await reads(page, made, places={shared: {"seq": 0, "epoch": ""}})
    assert "bímật" not in json.dumps(page.frames, ensure_ascii=False)


async def test_who_was_taken_off_and_comes_back_is_not_told_what_passed_meanwhile(made):
    own, shared = labels(made)
    document, member = made.papers[0].document, made.members[0]
    page = await opened(made, member)
    await reads(page, made)
    hello = next(frame for frame in page.frames if frame.get("stream") == shared and "hello" in frame)
    place = {"seq": hello["seq"], "epoch": hello["epoch"]}
    await page.go()
    seat = await act(made.meeting.participants.get, user=member)
    await act(participants.remove, seat, by=made.clerk, at=now())
    asked = await act(put, document, to=meeting_circle(made), body="bímật")
    await act(do, document, made.chair, asked, op("erase", asked["note"]))
    await act(participants.invite, made.meeting, user=member, seat=Seat("member"), by=made.clerk, at=now())
    again = await opened(made, member)
    await reads(again, made, places={shared: place, own: place})
    kinds = [frame["kind"] for frame in again.frames if frame.get("stream") == shared and "kind" in frame]
    assert kinds == ["snapshot"]
    assert "bímật" not in json.dumps(again.frames, ensure_ascii=False)


async def test_somebody_elses_leaving_does_not_cost_ones_place(made):
    _, shared = labels(made)
    page = await opened(made, made.members[0])
    await reads(page, made)
    hello = next(frame for frame in page.frames if frame.get("stream") == shared and "hello" in frame)
    await page.go()
    seat = await act(made.meeting.participants.get, user=made.members[1])
    await act(participants.remove, seat, by=made.clerk, at=now())
    again = await opened(made, made.members[0])
    await reads(again, made, places={shared: {"seq": hello["seq"], "epoch": hello["epoch"]}})
    assert not [frame for frame in again.frames if frame.get("stream") == shared and frame.get("kind") == "snapshot"]


@pytest.mark.parametrize("room", [True, False], ids=["room", "reading"])
async def test_a_lost_document_ends_its_labels_alone(made, room):
    own, shared = labels(made)
    page = await opened(made, made.members[0], room=room)
    await reads(page, made)
    other = made.papers[1].document
    await page.do("read", document=str(other.public_id))
    began = asyncio.get_running_loop().time()
    await act(papers.withdraw, made.papers[0], reason="Rút để chỉnh lý", by=made.clerk, at=now())
    gone = set[str]()
    while not gone >= {own, shared}:
        gone.add((await page.hear(lambda frame: frame.get("gone") is True))["stream"])
    assert asyncio.get_running_loop().time() - began < 1.5
    operation = await act(put, other)
    answer = await page.do("annotate", document=str(other.public_id), operations=[operation])
    assert answer["data"]["answers"][0]["ok"]
    nack = await reads(page, made)
    assert nack["code"] == "unseen"
    nack = await page.do("annotate", document=str(made.papers[0].document.public_id), operations=[operation])
    assert nack["code"] == "unseen"


@pytest.mark.parametrize("room", [True, False], ids=["room", "reading"])
async def test_who_is_taken_out_of_a_group_hears_no_more_of_its_papers(made, room):
    own, shared = labels(made)
    place = await act(made.place, made.members[0])
    group = await act(groups.make_group, made.meeting, name="Tổ thẩm tra", people=[place], by=made.clerk, at=now())
    await act(papers.open_to, made.papers[0], groups=[group], guests_may_read=False, by=made.clerk, at=now())
    page = await opened(made, made.members[0], room=room)
    await reads(page, made)
    await act(groups.change_group, group, name="Tổ thẩm tra", people=[], by=made.clerk, at=now())
    gone = set[str]()
    while not gone >= {own, shared}:
        gone.add((await page.hear(lambda frame: frame.get("gone") is True))["stream"])


async def test_whose_unit_is_another_one_hears_no_more_of_the_first(made):
    named = f"notes:{made.papers[0].document.public_id}:delegation:{made.meeting.public_id}"
    page = await opened(made, made.members[0])
    assert named in (await reads(page, made))["data"]["streams"]
    elsewhere = await act(world, "open")
    post = await act(lambda: made.members[0].posts.get())
    await act(lambda: type(post).objects.filter(pk=post.pk).update(agency=elsewhere.agency))
    await act(told_to_look_again, made, by=made.clerk, at=now())
    frame = await page.hear(lambda frame: frame.get("gone") is True)
    assert frame["stream"] == named


async def test_a_removed_participant_loses_circle_and_room(made):
    own, shared = labels(made)
    reading = await opened(made, made.members[0])
    room = await opened(made, made.members[0], room=True)
    await reads(reading, made)
    await reads(room, made)
    place = await act(made.place, made.members[0])
    await act(participants.remove, place, by=made.clerk, at=now())
    gone = set[str]()
    while not gone >= {own, shared}:
        gone.add((await reading.hear(lambda frame: frame.get("gone") is True))["stream"])
    assert await room.ending() == 4403
    await reading.do("snapshot")


async def test_rights_that_stay_keep_flowing(made):
    own, _ = labels(made)
    document = made.papers[0].document
    page = await opened(made, made.chair)
    await reads(page, made)
    keys = await act(lambda: list(document.audiences.values_list("key", flat=True)))
    lost = [key for key in keys if not key.endswith(":guests")]
    await act(set_audiences, document, [*lost, f"meeting:{made.meeting.pk}"], by=made.clerk, at=now())
    asked = await act(put, document, to=named(made.members[0]))
    await page.do("annotate", document=str(document.public_id), operations=[asked])
    await shows(page, own, asked["note"])
    assert not [frame for frame in page.frames if frame.get("gone")]


async def test_bad_questions(made):
    page = await opened(made, made.members[0])
    assert (await page.do("read", document="x"))["code"] == "bad_frame"
    assert (await page.do("read", document=str(uuid4())))["code"] == "unseen"
    assert (await page.do("annotate", document=str(made.papers[0].document.public_id)))["code"] == "bad_frame"
    assert (await page.do("open_meeting"))["code"] == "unknown_command"
    too_many = await page.do("annotate", document=str(made.papers[0].document.public_id), operations=[{}] * 501)
    assert too_many["code"] == "too_many_operations"
    await page.do("stop_reading", document=str(uuid4()))


async def test_strokes_are_seen_growing_by_who_shares_the_circle(made):
    _, shared = labels(made)
    document = made.papers[0].document
    writer = await opened(made, made.members[0], room=True)
    reader = await opened(made, made.guest, room=True)
    outsider = await opened(made, made.members[1])
    await reads(writer, made)
    await reads(reader, made)
    stroke = str(uuid4())
    version = await act(lambda: str(document.versions.get().public_id))
    place = {"document": str(document.public_id), "version": version, "page": 1, "stroke": stroke, "style": STYLE}
    circle = meeting_circle(made)
    await outsider.pass_on("draw", **place, to=circle, points=[9, 9, 0.9])  # has not opened the document
    await writer.pass_on("draw", **place, to={"circle": "meeting:x"}, points=[9, 9, 0.9])
    await writer.pass_on("draw", **place, to=circle, points=[1, 2, 0.5, 3, 4, 0.5])
    frame = await reader.hear(lambda frame: frame.get("kind") == "drawing")
    assert frame["stream"] == shared
    (one,) = frame["data"]["strokes"]
    assert one == {
        "stroke": stroke,
        "by": str(made.members[0].public_id),
        "name": made.members[0].full_name,
        "version": version,
        "page": 1,
        "style": STYLE,
        "points": [1, 2, 0.5, 3, 4, 0.5],
    }
    await writer.pass_on("draw", **place, to=circle, points=[], end=True)
    frame = await reader.hear(lambda frame: frame.get("kind") == "drawing")
    assert frame["data"]["strokes"][0]["end"] is True


async def test_strokes_for_named_people_are_seen_growing_by_them_alone(made):
    writer, reader, other = [
        await opened(made, user, room=room) for user, room in zip(made.members, (1, 0, 1), strict=True)
    ]
    pages = [writer, reader, other]
    for page in pages:
        await reads(page, made)
    own, _shared = labels(made)
    document = made.papers[0].document
    version = await act(lambda: str(document.versions.get().public_id))
    place = {"document": str(document.public_id), "version": version, "page": 1, "style": STYLE}
    to, outside = named(made.members[1]), await act(made.user, "stranger")
    wrongs: list[Any] = [named(outside), named(made.members[1], outside), {"people": []}, {**to, "circle": "x"}]
    for wrong in wrongs:
        await writer.pass_on("draw", **place, stroke=str(uuid4()), to=wrong, points=[9, 9, 0.9])
    stroke = str(uuid4())
    await writer.pass_on("draw", **place, stroke=stroke, to=to, points=[1, 2, 0.5])
    frame = await reader.hear(lambda frame: frame.get("kind") == "drawing")
    assert frame["stream"] == own
    assert [one["stroke"] for one in frame["data"]["strokes"]] == [stroke]
    operation = await act(put, document, stroke, to=meeting_circle(made))
    await writer.do("annotate", document=str(document.public_id), operations=[operation])
    # what is shared with the room comes, what was drawn for one alone did not
    heard = await other.hear(lambda frame: frame.get("kind") in ("drawing", "notes.changed"))
    assert heard["kind"] == "notes.changed"
