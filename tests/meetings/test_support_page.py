"""The page of who serves a room, and the list of rooms to serve: who sees them, what they show, what they cost."""

from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async
from django.test import Client

from meetings.actions import participants, seat_requests
from meetings.details import Seat
from tests.meetings.factories import now, world
from tests.meetings.transports import TRANSPORTS, page_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_left")]


def client_of(user):
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def called(made, user, kind="water", text=""):
    return seat_requests.call_service(made.place(user), kind=kind, text=text, by=user, at=now())


def address(made, *rest):
    return "/".join([f"/meetings/{made.meeting.public_id}/support", *map(str, rest), ""])


def test_only_who_serves_the_room_sees_its_calls():
    made, other = world("open"), world("open")
    called(made, made.members[0], text="Nước ấm")
    called(made, made.members[0], "message", "Việc riêng")
    for user in (made.chair, made.members[0], made.guest, made.stranger, other.clerk, other.secretary):
        assert client_of(user).get(address(made)).status_code == 404
    clerk, secretary = [client_of(user).get(address(made)) for user in (made.clerk, made.secretary)]
    assert clerk.status_code == secretary.status_code == 200
    assert "Nước ấm" in clerk.text
    assert "Việc riêng" not in clerk.text
    assert "Việc riêng" in secretary.text
    assert made.items[0].title not in clerk.text
    assert Client().get(address(made)).status_code == 302


def test_the_forms_work_without_a_script():
    made = world("open")
    call = called(made, made.members[0])
    message = called(made, made.members[0], "message", "Việc riêng")
    clerk = client_of(made.clerk)
    assert clerk.post(address(made, call.public_id, "take")).status_code == 302
    assert clerk.post(address(made, call.public_id, "settle"), {"answer": "Đã mang"}).status_code == 302
    call.refresh_from_db()
    assert (call.state, call.answer, call.taken_by) == ("settled", "Đã mang", made.clerk)
    assert clerk.post(address(made, message.public_id, "take")).status_code == 404
    assert clerk.post(address(made, uuid4(), "take")).status_code == 404
    assert clerk.post(address(made, "-" * 36, "take")).status_code == 404
    assert clerk.post(address(made, call.public_id, "take")).status_code == 403
    assert client_of(made.chair).post(address(made, call.public_id, "take")).status_code == 404


def test_rooms_to_serve_stand_on_the_home_page():
    made = world("open")
    made.meeting.starts_at = now()
    made.meeting.save(update_fields=["starts_at"])
    called(made, made.members[0])
    assert address(made) in client_of(made.clerk).get("/").text
    assert "/support/" not in client_of(made.members[0]).get("/").text


@pytest.mark.parametrize("size", [1, 3])
def test_more_calls_cost_no_more_queries(size, django_assert_max_num_queries):
    made = world("open", members=4)
    for user in made.members[:size]:
        called(made, user)
    client = client_of(made.clerk)
    client.get(address(made))
    with django_assert_max_num_queries(40) as counted:
        assert client.get(address(made)).text.count('class="call"') == size
    COSTS.add(len(counted))
    assert len(COSTS) == 1


COSTS: set[int] = set()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("over", TRANSPORTS)
async def test_the_calls_alone_are_followed(over):
    made = await sync_to_async(world)("open")
    for user, code in ((made.chair, 4404), (made.members[0], 4404), (made.stranger, 4404), (None, 4401)):
        page = await page_of(over, made.meeting, user, place="support/")
        assert await page.ending() == code
        assert page.frames == []
    clerk = await (await page_of(over, made.meeting, made.clerk, place="support/")).settle("")
    assert clerk.states[""] == {"calls": {}}
    call = await sync_to_async(called)(made, made.members[0])
    await sync_to_async(called)(made, made.members[0], "message", "Việc riêng")
    await clerk.hear(lambda frame: frame.get("kind") == "skip")
    assert list(clerk.states[""]["calls"]) == [str(call.public_id)]
    assert (await clerk.do("open_meeting"))["code"] == "unknown_command"
    assert "ack" in await clerk.do("take_call", call=str(call.public_id))
    while clerk.states[""]["calls"][str(call.public_id)]["state"] != "taken":  # polling bundles: the ack may come first
        await clerk.hear(lambda frame: "seq" in frame)


@pytest.mark.django_db(transaction=True)
async def test_a_secretary_follows_the_calls_beside_the_room_and_a_new_one_comes_anew():
    made = await sync_to_async(world)("open")
    secretary = await (await page_of("websocket", made.meeting, made.secretary)).settle("support")
    member = await (await page_of("websocket", made.meeting, made.members[0])).settle()
    call = await member.do("call_service", kind="message", text="Xin gặp thư ký")
    await secretary.hear(lambda frame: frame.get("kind") == "call.made")
    assert secretary.states["support"]["calls"][call["data"]["call"]]["text"] == "Xin gặp thư ký"
    assert "support" not in member.states
    place = await sync_to_async(made.place)(made.members[0])
    await sync_to_async(participants.change)(place, seat=Seat("secretary"), by=made.clerk, at=now())
    assert await member.ending() == 1012
    again = await page_of("websocket", made.meeting, made.members[0])
    await again.hear(lambda frame: call["data"]["call"] in frame.get("data", {}).get("calls", {}) and "stream" in frame)
    while "support" not in again.states or not again.states["support"]["calls"]:
        await again.hear(lambda frame: frame.get("stream") == "support")
    assert again.states["support"] == secretary.states["support"]
