"""Leading: who may, what the others are told, whose frames pass, and that it ends."""

import asyncio
import json
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async

from ledger.models import AuditEntry
from ledger.verdict import Refused, Unseen
from live.models import Event
from meetings.actions import leading, opening, papers, participants, presence, room, speaking
from meetings.actions.speaking import Wish
from meetings.commands.obeying import obey
from meetings.commands.orders import Order
from meetings.details import Seat
from meetings.models import Meeting, Speech, Turn
from meetings.snapshot.room import room_snapshot
from tests.meetings.factories import check_in, now, received, world
from tests.meetings.test_socket import enter_fully
from tests.meetings.test_sync import proved

ROLES = ("clerk", "leader", "chair", "secretary", "member", "guest", "stranger")


def version_of(paper):
    return paper.document.versions.get(number=1)


def order(made, do, user, **data):
    return obey(made.meeting, Order(do, data, uuid4(), user, now()))


def give_floor(made, user):
    place = made.place(user)
    speech = Speech.objects.create(
        meeting=made.meeting,
        item=made.items[0],
        participant=place,
        lane="speech",
        state="speaking",
        asked_at=now(),
    )
    return Turn.objects.create(speech=speech, participant=place, phase="speak", running_since=now(), started_at=now())


@pytest.mark.django_db
def test_everything_about_leading_is_told():
    made = world("open")
    chair, member = made.place(made.chair), made.place(made.members[0])
    proved(made, lambda: leading.lead(chair, by=made.chair, at=now()))
    proved(made, lambda: leading.lead_paper(made.meeting, version_of(made.papers[0]), by=made.chair, at=now()))
    proved(made, lambda: leading.lead_paper(made.meeting, version_of(made.papers[1]), by=made.chair, at=now()))
    proved(made, lambda: leading.lead(member, by=made.chair, at=now()))
    assert "led" not in room_snapshot(made.meeting, "")["meeting"], "a new presenter begins without a paper"
    proved(made, lambda: participants.remove(member, by=made.secretary, at=now()))
    assert "presenter" not in room_snapshot(made.meeting, "")["meeting"]
    proved(made, lambda: leading.lead(chair, by=made.chair, at=now()))
    proved(made, lambda: leading.stop_leading(made.meeting, by=made.secretary, at=now()))
    proved(made, lambda: leading.lead(chair, by=made.chair, at=now()))
    proved(made, lambda: room.close_room(made.meeting, by=made.chair, at=now()))
    assert Meeting.objects.get(pk=made.meeting.pk).presenter is None


@pytest.mark.django_db
def test_a_repeated_tap_leaves_nothing_behind():
    made = world("open")
    leading.lead(made.place(made.chair), by=made.chair, at=now())
    leading.lead_paper(made.meeting, version_of(made.papers[0]), by=made.chair, at=now())
    left = AuditEntry.objects.count(), Event.objects.count()
    leading.lead(made.place(made.chair), by=made.chair, at=now())
    leading.lead_paper(made.meeting, version_of(made.papers[0]), by=made.chair, at=now())
    assert (AuditEntry.objects.count(), Event.objects.count()) == left


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_who_leads_by_command(role):
    made = world("open")
    user, may = made.user(role), role in ("chair", "secretary")
    other = str(made.place(made.members[1]).public_id)
    for data in ({}, {"person": other}):
        if may:
            order(made, "lead", user, **data)
        else:
            with pytest.raises((Refused, Unseen)):
                order(made, "lead", user, **data)
    if may:
        order(made, "stop_leading", user)
    else:
        with pytest.raises((Refused, Unseen)):
            order(made, "stop_leading", user)


@pytest.mark.django_db
def test_who_has_the_floor_leads_and_gives_it_to_nobody():
    made = world("open")
    speaker = made.members[0]
    turn = give_floor(made, speaker)
    order(made, "lead", speaker)
    paper = made.papers[0]
    order(made, "lead_paper", speaker, document=str(paper.document.public_id), version=1)
    with pytest.raises(Refused, match="not_yours"):
        order(made, "lead", speaker, person=str(made.place(made.members[1]).public_id))
    order(made, "stop_leading", speaker)
    Turn.objects.filter(pk=turn.pk).update(ended_at=now())
    with pytest.raises(Refused, match="not_yours"):
        order(made, "lead", speaker)


@pytest.mark.django_db
def test_only_papers_of_the_meeting_the_presenter_may_read_are_led():
    made, other = world("open"), world("open")
    closed = papers.lay(made.items[0], received(), guests_may_read=False, by=made.clerk, at=now())
    order(made, "lead", made.chair, person=str(made.place(made.guest).public_id))
    with pytest.raises(Unseen):
        order(made, "lead_paper", made.guest, document=str(closed.document.public_id), version=1)
    with pytest.raises(Unseen):
        order(made, "lead_paper", made.guest, document=str(other.papers[0].document.public_id), version=1)
    with pytest.raises(Refused, match="not_yours"):
        order(made, "lead_paper", made.chair, document=str(made.papers[0].document.public_id), version=1)


def leads(made):
    return Meeting.objects.get(pk=made.meeting.pk).presenter


def spoken(made, speaker, **wish):
    check_in(made)
    speech = speaking.ask(made.items[0], wish=Wish(**wish), by=speaker, at=now())
    speaking.start(speech, by=made.chair, at=now())
    order(made, "lead", speaker)
    order(made, "lead_paper", speaker, document=str(made.papers[0].document.public_id), version=1)
    return speech


@pytest.mark.django_db
@pytest.mark.parametrize("ending", ["ended", "another", "left", "not here"])
def test_who_has_the_floor_no_more_leads_no_more(ending):
    made = world("open")
    speaker, other = made.members[:2]
    speech, place = spoken(made, speaker), made.place(speaker)
    speaking.ask(made.items[0], wish=Wish(), by=other, at=now())
    given = speaking.give_floor(made.items[0], person=made.place(other), by=made.chair, at=now())
    endings = {
        "ended": lambda: speaking.finish(speech, by=made.chair, at=now()),
        "another": lambda: speaking.start(given, by=made.chair, at=now()),
        "left": lambda: presence.leave(place, by=made.secretary, at=now()),
        "not here": lambda: presence.undo_check_in(place, by=made.secretary, at=now()),
    }
    proved(made, endings[ending])
    assert leads(made) is None
    assert "led" not in room_snapshot(made.meeting, "")["meeting"]


@pytest.mark.django_db
def test_a_pause_keeps_the_leading_and_so_does_the_chair_without_the_floor():
    made = world("open")
    speech = spoken(made, made.members[0])
    speaking.hold(speech, by=made.chair, at=now())
    assert leads(made) is not None
    order(made, "lead", made.chair)
    speaking.finish(speech, by=made.chair, at=now())
    assert leads(made) == made.place(made.chair)
    proved(made, lambda: presence.leave(made.place(made.chair), by=made.secretary, at=now()))
    assert leads(made) is None


@pytest.mark.django_db
def test_who_chairs_no_more_leads_no_more():
    made = world("open")
    order(made, "lead", made.chair)
    place = made.place(made.secretary)
    seat = Seat("chair", place.votes, place.title, place.seat)
    proved(made, lambda: participants.change(place, seat=seat, by=made.secretary, at=now()))
    assert leads(made) is None


@pytest.mark.django_db
def test_an_opening_taken_back_leaves_nobody_leading():
    made = world("open")
    order(made, "lead", made.chair)
    proved(made, lambda: opening.take_back_opening(made.meeting, by=made.chair, at=now()))
    assert leads(made) is None


# --- over the socket


def is_lead(frame):
    return frame.get("kind") == "lead"


async def led(made, user, **data):
    await user.socket.send_to(json.dumps({"do": "lead", "data": data}))


@pytest.mark.django_db(transaction=True)
async def test_the_presenters_frames_reach_all_and_who_comes_later():
    made = await sync_to_async(world)("open")
    await sync_to_async(check_in)(made)
    chair, member = await enter_fully(made, made.chair), await enter_fully(made, made.members[0])
    document = str(made.papers[0].document.public_id)
    place = str((await sync_to_async(made.place)(made.chair)).public_id)
    await chair.do("lead")
    await chair.do("lead_paper", document=document, version=1)
    await led(made, chair, document=document, version=1, page=2, area=[0, 0.5, 1, 0.5], pointer=[0.25, 0.75])
    told = (await member.hear(is_lead))["data"]
    assert told == {
        "document": document, "version": 1, "page": 2, "area": [0, 0.5, 1, 0.5], "pointer": [0.25, 0.75], "by": place,
    }  # fmt: skip
    guest = await enter_fully(made, made.guest)
    kept = [frame["data"]["page"] for frame in guest.frames if is_lead(frame)]
    assert kept == [2], "the newest one is kept for who comes later"
    for tablet in (chair, member, guest):
        await tablet.socket.disconnect()


@pytest.mark.django_db(transaction=True)
async def test_frames_of_others_and_nonsense_pass_nowhere():
    made = await sync_to_async(world)("open")
    chair, member = await enter_fully(made, made.chair), await enter_fully(made, made.members[0])
    document, other = (str(paper.document.public_id) for paper in made.papers)
    good = {"document": document, "version": 1, "page": 1}
    await chair.do("lead")
    await chair.do("lead_paper", document=document, version=1)
    await led(made, member, **good)
    for wrong in (
        {**good, "document": other}, {**good, "version": 2}, {**good, "page": 0}, {**good, "page": "x"}, {},
        {**good, "area": [0, 0, 2, 1]}, {**good, "area": [0, 0]}, {**good, "pointer": [-1, 0]},
        {**good, "document": "x"},
    ):  # fmt: skip
        await led(made, chair, **wrong)
    await led(made, chair, **{**good, "page": 3})
    assert (await member.hear(is_lead))["data"]["page"] == 3, "the first one heard is the only good one"
    for tablet in (chair, member):
        await tablet.socket.disconnect()


@pytest.mark.django_db(transaction=True)
async def test_a_pointer_passes_ten_times_a_second_and_its_last_place_always():
    made = await sync_to_async(world)("open")
    chair, member = await enter_fully(made, made.chair), await enter_fully(made, made.members[0])
    document = str(made.papers[0].document.public_id)
    await chair.do("lead")
    await chair.do("lead_paper", document=document, version=1)
    for step in range(1, 26):
        await led(made, chair, document=document, version=1, page=1, pointer=[step / 100, 0.5])
        await asyncio.sleep(0.02)
    before = len(member.frames)
    await member.hear(lambda frame: is_lead(frame) and frame["data"]["pointer"][0] == 0.25)
    heard = [frame for frame in member.frames[before:] if is_lead(frame)]
    assert 3 <= len(heard) <= 12
    for tablet in (chair, member):
        await tablet.socket.disconnect()
