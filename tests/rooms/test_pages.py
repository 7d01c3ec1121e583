"""The pages of rooms: who sees what, plans that two people draw, bad input, a constant number of queries."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from ledger.verdict import Unseen
from rooms.actions import bookings, plans, rooms
from rooms.details import RoomDetails
from rooms.models import Room, SeatPlan
from rooms.plan import MOST_SEATS
from rooms.shapes import drawn
from tests.people.factories import person
from tests.rooms.factories import at, house, now
from ui.nav import links_for

pytestmark = pytest.mark.django_db
JSON = {"accept": "application/json"}


def day(moment):
    return f"{timezone.localtime(moment):%d/%m/%Y}"


def hour(moment):
    return f"{timezone.localtime(moment):%H:%M}"


def times(start, end):
    begins, ends = at(start), at(end)
    return {
        "starts_at_day": day(begins),
        "starts_at_hour": hour(begins),
        "ends_at_day": day(ends),
        "ends_at_hour": hour(ends),
    }


def main_plan(made):
    return SeatPlan.objects.get(room=made.room, main=True)


def post(client, url, data):
    return client.post(url, json.dumps(data), content_type="application/json", headers=JSON)


def test_a_room_from_form_to_page(client):
    made = house()
    client.force_login(made.clerk)
    written = {
        "agency": made.province.public_id, "name": "Hội trường lớn", "building": "Nhà A, tầng 2", "capacity": "300",
        "equipment": ["projector", "sound"], "words": "bảng lật,  biển tên", "remark": "Cửa phía đông",
    }  # fmt: skip
    answer = client.post("/rooms/new/", written, follow=True)
    text = answer.content.decode()
    for shown in ("Hội trường lớn", "Máy chiếu", "biển tên", "Nhà A, tầng 2", "Cửa phía đông"):
        assert shown in text
    assert client.post("/rooms/new/", written).status_code == 422
    found = client.get(
        "/rooms/", {"q": "hoi truong", "people": "200", "equipment": ["sound"], "unit": made.province.code}
    )
    assert "Hội trường lớn" in found.content.decode()
    assert made.room.name not in found.content.decode()
    assert "Hội trường lớn" not in client.get("/rooms/", {"people": "301"}).content.decode()


def test_two_people_edit_a_room_and_nothing_is_lost(client):
    made = house()
    client.force_login(made.clerk)
    rooms.edit(made.room, details=RoomDetails("Tên của người kia"), revision=1, by=made.clerk, at=now())
    mine = {"name": "Tên đang nhập", "revision": "1", "equipment": ["projector"]}
    answer = client.post(f"/rooms/{made.room.public_id}/edit/", mine)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Tên của người kia" in text
    assert "Tên đang nhập" in text
    assert client.post(f"/rooms/{made.room.public_id}/edit/", {**mine, "revision": "2"}).status_code == 302
    assert Room.objects.get(pk=made.room.pk).name == "Tên đang nhập"


@pytest.mark.parametrize("who", ["clerk", "official", "unit_clerk", "stranger"])
def test_who_opens_what(who, client):
    made = house()
    client.force_login(getattr(made, who))
    seen = 404 if who == "stranger" else 200
    manages = {"clerk": 200, "stranger": 404}.get(who, 403)
    room = f"/rooms/{made.room.public_id}/"
    plan = f"{room}plans/{main_plan(made).public_id}/"
    for page in (room, plan, f"{room}book/"):
        assert client.get(page).status_code == seen, page
    for page in (f"{room}edit/", f"{room}block/"):
        assert client.get(page).status_code == manages, page
    done = {200: 302}.get(manages, manages)
    assert client.post(f"{plan}redraw/", {"draw-shape": "u", "draw-count": "24", "revision": "1"}).status_code == done
    assert client.post(f"{room}plans/", {"name": "Khác", "shape": "u", "count": "9"}).status_code == done
    assert post(client, f"{plan}save/", {"name": "A", "revision": 9, "plan": {}}).status_code in (403, seen)
    for page in ("/rooms/", "/rooms/calendar/", "/rooms/calendar/?view=day", "/rooms/free/"):
        answer = client.get(page)
        assert answer.status_code == 200
        assert (made.room.name in answer.content.decode()) is (seen == 200 and page != "/rooms/free/")


def test_two_people_draw_one_plan(client):
    made = house()
    client.force_login(made.clerk)
    plan, room = main_plan(made), f"/rooms/{made.room.public_id}/"
    url = f"{room}plans/{plan.public_id}/save/"
    theirs = {"name": plan.name, "revision": 1, "plan": drawn("u", 12).as_data()}
    mine = {**theirs, "plan": drawn("rows", 40).as_data()}
    assert post(client, url, theirs).json() == {"revision": 2, "seats": 12}
    refusal = post(client, url, mine)
    assert (refusal.status_code, refusal.json()["code"]) == (403, "plan_changed")
    kept = post(client, f"{room}plans/", {"name": "Bản của tôi", "plan": mine["plan"]})
    assert kept.status_code == 200
    assert set(SeatPlan.objects.filter(room=made.room).values_list("seats", flat=True)) == {12, 40}
    own = SeatPlan.objects.get(name="Bản của tôi")
    assert client.post(f"{room}plans/{own.public_id}/main/").status_code == 302
    assert client.post(f"{room}plans/{own.public_id}/remove/").status_code == 302
    assert main_plan(made).pk == plan.pk
    assert client.post(f"{room}plans/{plan.public_id}/remove/").status_code == 403


def test_tools_draw_and_number_without_saving(client):
    made = house()
    client.force_login(made.clerk)
    url = f"/rooms/{made.room.public_id}/plan-tool/"
    plan = post(client, url, {"tool": "draw", "shape": "u", "count": 24}).json()["plan"]
    assert len(plan["seats"]) == 24
    done = post(client, url, {"tool": "renumber", "style": "letters", "plan": plan}).json()["plan"]
    assert any(seat["id"] == "A1" for seat in done["seats"])
    assert main_plan(made).seats == 0


HALF = "\ud800"


@pytest.mark.parametrize("headers", [JSON, {}])
def test_half_a_character_is_never_saved(headers, client):
    made = house()
    client.force_login(made.clerk)
    room, plan = f"/rooms/{made.room.public_id}/", main_plan(made)
    url = f"{room}plans/{plan.public_id}/"
    table = {"kind": "table", "x": 100, "y": 100, "w": 50, "h": 50, "label": HALF}
    seat = {"id": HALF, "x": 100, "y": 100}
    for name, held in (("A", {"things": [table]}), ("A", {"seats": [seat]}), (HALF, {}), (f"A{HALF}", {})):
        body = json.dumps({"name": name, "revision": 1, "plan": {"width": 500, "height": 500, **held}})
        for there in (f"{url}save/", f"{room}plans/"):
            answer = client.post(there, body, content_type="application/json", headers=headers)
            assert answer.status_code == 403, answer.content
    answer = post(client, f"{url}save/", {"name": HALF, "revision": 1, "plan": {"width": 500, "height": 500}})
    assert answer.json()["detail"] == "Tên hoặc nhãn có ký tự không lưu được. Hãy gõ lại rồi lưu."
    assert client.get(url).status_code == 200
    assert SeatPlan.objects.get(pk=plan.pk).name == plan.name


def test_a_name_that_grows_when_its_letters_are_put_together_still_fits(client):
    made = house()
    client.force_login(made.clerk)
    plan = {"name": "\u0958" * 120, "revision": 1, "plan": {"width": 500, "height": 500}}
    assert post(client, f"/rooms/{made.room.public_id}/plans/", plan).status_code == 200
    assert max(len(one.name) for one in SeatPlan.objects.all()) == 120
    assert len(RoomDetails("\u0958" * 120).name) == 120


@pytest.mark.parametrize("verb", ["save", "make_main", "remove"])
def test_a_plan_removed_meanwhile_is_there_for_nobody(verb):
    made = house()
    main = main_plan(made)
    gone = plans.add(made.room, name="Khác", layout=drawn("u", 9), by=made.clerk, at=now())
    stale = SeatPlan.objects.get(pk=gone.pk)
    plans.remove(gone, by=made.clerk, at=now())
    told = {"by": made.clerk, "at": now()}
    told |= {"name": "A", "layout": drawn("u", 9), "revision": 1} if verb == "save" else {}
    with pytest.raises(Unseen):
        getattr(plans, verb)(stale, **told)
    assert main_plan(made).pk == main.pk


@pytest.mark.parametrize("year", ["0001", "1999", "2101", "9999"])
def test_far_days_get_a_sentence(year, client):
    made = house()
    client.force_login(made.clerk)
    far = {name: f"01/01/{year}" if name.endswith("day") else hour for name, hour in times(8, 9).items()}
    assert client.get("/rooms/free/", far).status_code == 200
    for verb in ("book", "block"):
        written = {**far, "title": "A", "agency": made.province.public_id}
        assert client.post(f"/rooms/{made.room.public_id}/{verb}/", written).status_code == 422


def test_the_rail_names_rooms_on_every_page_of_theirs(client):
    made = house()
    boss = person(made.province, "admin")
    client.force_login(boss)
    room = f"/rooms/{made.room.public_id}/"
    pages = ("/rooms/", "/rooms/new/", "/rooms/calendar/", "/rooms/free/", room, f"{room}edit/")
    for page in pages:
        request = client.get(page).wsgi_request
        assert [link.item.key for link in links_for(request) if link.current] == ["rooms"], page
    request = client.get("/administration/").wsgi_request
    assert [link.item.key for link in links_for(request) if link.current] == ["administration"]


def test_the_hall_is_found_without_marks(client):
    made = house("Hội trường")
    client.force_login(made.clerk)
    for words in ("hoi truong", "HỘI trường", "truong hoi"):
        assert "Hội trường" in client.get("/rooms/", {"q": words, "show": "1"}).content.decode()
    assert made.room.public_id.hex not in client.get("/rooms/", {"q": "hoi dong"}).content.decode().replace("-", "")


BAD = [
    b"", b"[]", b"null", b"{}", b'{"plan": null, "name": "A", "revision": 1}', b'{"plan": {"width": NaN}}',
    b'{"name": "\\u0000", "revision": 1, "plan": {"width": 500, "height": 500}}', b"\xff\xfe",
    b'{"name": "A", "revision": true, "plan": {"width": 500, "height": 500, "seats": [{"id": "\\u0000"}]}}',
    b'{"tool": "draw", "shape": "u", "count": 1e400}', b'{"tool": "draw", "shape": [], "count": 3}',
    b'{"tool": "renumber", "style": {}, "plan": []}', b'{"x":' * 2000,
]  # fmt: skip


@pytest.mark.parametrize("body", BAD)
def test_bad_plans_are_refused_with_a_reason(body, client):
    made = house()
    client.force_login(made.clerk)
    room = f"/rooms/{made.room.public_id}/"
    for url in (f"{room}plans/{main_plan(made).public_id}/save/", f"{room}plan-tool/", f"{room}plans/"):
        answer = client.post(url, body, content_type="application/json", headers=JSON)
        assert answer.status_code == 403, (url, answer.content)
        assert len(answer.json()["detail"]) > 10


@pytest.mark.parametrize(
    "address",
    [
        "/rooms/?q=%C3%BF&people=9999999999999&equipment=x&page=-1&unit=%27",
        "/rooms/calendar/?day=0000-00-00",
        "/rooms/calendar/?day=9999-12-31&view=x",
        "/rooms/free/?starts_at_day=x&starts_at_hour=y",
        "/rooms/free/?starts_at_day=21/11/2026&starts_at_hour=08:00&ends_at_day=20/11/2026&ends_at_hour=08:00&people=-1",
    ],
)
def test_odd_addresses(address, client):
    made = house()
    client.force_login(made.clerk)
    assert client.get(address).status_code == 200


def test_bookings_from_the_pages(client):
    made = house()
    client.force_login(made.clerk)
    room = f"/rooms/{made.room.public_id}/"
    asked = {"title": "Tập huấn chuyển đổi số", "agency": made.province.public_id, **times(8, 10)}
    answer = client.post(f"{room}book/", asked)
    assert answer.status_code == 302, answer.context["form"].errors
    again = client.post(f"{room}book/", {**asked, **times(9, 11)})
    assert again.status_code == 422
    assert "Tập huấn chuyển đổi số" in again.content.decode()
    assert client.post(f"{room}block/", {"title": "Bảo trì âm thanh", **times(13, 15)}).status_code == 302
    calendar = client.get("/rooms/calendar/", {"day": at(8).date().isoformat()}).content.decode()
    assert "Tập huấn chuyển đổi số" in calendar
    assert "Bảo trì âm thanh" in calendar
    one_day = client.get("/rooms/calendar/", {"day": at(8).date().isoformat(), "view": "day"}).content.decode()
    assert 'colspan="8"' in one_day
    client.force_login(made.unit_clerk)
    calendar = client.get("/rooms/calendar/", {"day": at(8).date().isoformat()}).content.decode()
    assert "Tập huấn chuyển đổi số" not in calendar
    assert "Đã có lịch" in calendar
    assert "Bảo trì âm thanh" in calendar
    found = client.get("/rooms/free/", times(9, 10)).content.decode()
    assert f"/rooms/{made.room.public_id}/book/" not in found
    booking = made.room.bookings.get(kind="use")
    assert client.post(f"/rooms/bookings/{booking.public_id}/give-back/").status_code == 403
    client.force_login(made.stranger)
    assert client.post(f"/rooms/bookings/{booking.public_id}/give-back/").status_code == 404
    client.force_login(made.clerk)
    assert client.post(f"/rooms/bookings/{booking.public_id}/give-back/").status_code == 302
    assert client.post(f"/rooms/bookings/{uuid4()}/give-back/").status_code == 404


def test_a_used_room_is_not_closed_and_says_why(client):
    made = house()
    client.force_login(made.clerk)
    bookings.reserve(
        made.room,
        title="Tiếp công dân",
        starts_at=at(8),
        ends_at=at(9),
        agency_id=made.province.pk,
        by=made.clerk,
        at=now(),
    )
    refusal = client.post(f"/rooms/{made.room.public_id}/close/")
    assert refusal.status_code == 403
    assert "Tiếp công dân" in refusal.content.decode()


@pytest.mark.parametrize(
    "address", ["/rooms/", "/rooms/calendar/", "/rooms/calendar/?view=day", "/rooms/free/?{free}", "/rooms/{room}/"]
)
def test_lists_cost_the_same_at_one_and_three_rooms(address, client, django_assert_max_num_queries):
    made = house()
    client.force_login(made.clerk)
    free = "&".join(f"{name}={value}" for name, value in times(20, 21).items())
    url = address.format(free=free, room=made.room.public_id)
    counts = []
    for number in range(3):
        when = {"starts_at": now() + timedelta(hours=number), "ends_at": now() + timedelta(hours=number, minutes=20)}
        bookings.book(made.room, **made.booking(subject=f"use:{number}", **when))
        client.get(url)
        with django_assert_max_num_queries(60) as asked:
            client.get(url)
        counts.append(len(asked))
        rooms.add(made.province, details=RoomDetails(f"P{number}"), plan_name="A", by=made.clerk, at=now())
    assert len(set(counts)) == 1, counts


def test_the_largest_plan_opens(client):
    made = house()
    client.force_login(made.clerk)
    plan = main_plan(made)
    url = f"/rooms/{made.room.public_id}/plans/{plan.public_id}/"
    full = {"name": plan.name, "revision": 1, "plan": drawn("classroom", MOST_SEATS).as_data()}
    assert post(client, f"{url}save/", full).status_code == 200
    assert client.get(url).content.decode().count("plan-seat plan-delegate") > 590
