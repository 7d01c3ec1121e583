"""What speaking leaves: minutes, statistics, the page with its lists, an agency's own times."""

import csv
import io
import re
from datetime import timedelta
from uuid import uuid4

import pytest

from meetings.actions import room, speaking
from meetings.minutes.facts import drafted
from meetings.minutes.printed import minutes_data
from meetings.models import Speech
from meetings.queries.kinds import offer_of
from meetings.queries.statistics import Span, attendances, per_person
from people.queries import today
from tests.meetings.factories import now, world
from tests.meetings.test_kinds import administrator
from tests.meetings.test_speaking import ask, council, fresh, speak

pytestmark = pytest.mark.django_db


def spoken():
    made, at = council(), now()
    speak(made, ask(made, subject="Tiến độ"), 61, at)
    question = ask(made, 1, lane="question", asked=made.place(made.guest), subject="Bao giờ?")
    speaking.start(question, by=made.chair, at=at + timedelta(minutes=2))
    speaking.answer(question, by=made.chair, at=at + timedelta(minutes=3))
    speaking.finish(question, by=made.chair, at=at + timedelta(minutes=4, seconds=5))
    room.close_room(made.meeting, by=made.chair, at=at + timedelta(minutes=10))
    made.reread()
    return made


def test_the_minutes_keep_who_spoke_how_long():
    made = spoken()
    body = drafted(made.meeting)
    block = next(block for part in body["sections"] if part["key"] == "speeches" for block in part["blocks"])
    assert [row[2:] for row in block["table"]] == [["1", "1:01"], ["1", "1:00"], ["1", "1:05"]]
    assert "Tiến độ" in block["table"][0][1]
    data = minutes_data(made.meeting, body, at=now(), draft=True)
    tables = [one for part in data["sections"] for one in part["blocks"] if one["kind"] == "table"]
    assert tables[0]["rows"] == block["table"]
    course = next(part for part in body["sections"] if part["key"] == "course")
    assert made.members[0].full_name in str(course)


def test_statistics_count_turns_and_time_once():
    made = spoken()
    start = made.meeting.starts_at
    span = Span(start - timedelta(days=1), start + timedelta(days=1))
    rows = {row["user_id"]: row for row in per_person(attendances(made.clerk, span))}
    assert (rows[made.members[0].pk]["turns"], rows[made.members[0].pk]["spoken_ms"]) == (1, 61_000)
    assert (rows[made.guest.pk]["turns"], rows[made.guest.pk]["spoken_ms"]) == (1, 65_000)
    assert (rows[made.members[3].pk]["turns"], rows[made.members[3].pk]["invited"]) == (0, 1)


def test_the_page_lists_exports_asks_and_withdraws(client):
    made = council("published")
    url = f"/meetings/{made.meeting.public_id}/speeches/"
    client.force_login(made.members[0])
    assert client.get(url).status_code == 200
    sent = {"item": str(made.items[0].public_id), "lane": "speech", "subject": "Về mục II"}
    assert client.post(url, sent).status_code == 302
    again = client.post(url, sent)
    assert again.status_code == 200
    assert Speech.objects.count() == 1
    assert "Về mục II" in again.content.decode()
    for bad in (
        {},
        {**sent, "item": "x"},
        {**sent, "lane": "song"},
        {**sent, "subject": "a\0b"},
        {**sent, "item": uuid4()},
    ):
        assert client.post(url, bad).status_code == 200
    rows = list(csv.reader(io.StringIO(client.get(f"{url}list.csv").content.decode("utf-8-sig")), delimiter=","))
    assert "Về mục II" in str(rows)
    assert client.get(f"{url}list.xlsx").status_code == 200
    speech = Speech.objects.get()
    client.force_login(made.members[1])
    assert client.post(f"{url}{speech.public_id}/withdraw/").status_code == 403
    client.force_login(made.members[0])
    assert client.post(f"{url}{speech.public_id}/withdraw/").status_code == 302
    assert fresh(speech).state == "withdrawn"
    assert client.post(f"{url}{uuid4()}/withdraw/").status_code == 404
    client.force_login(made.stranger)
    assert client.get(url).status_code == 404


def test_a_refusal_is_read_on_the_page_by_the_asker_and_who_conducts(client):
    made = council()
    speaking.refuse(ask(made), reason="Đã đủ ý kiến", by=made.chair, at=now())
    url = f"/meetings/{made.meeting.public_id}/speeches/"
    for user, reads in ((made.members[0], True), (made.secretary, True), (made.members[1], False), (made.guest, False)):
        client.force_login(user)
        assert ("Đã đủ ý kiến" in client.get(url).content.decode()) is reads
        if not reads:
            assert made.members[0].full_name not in client.get(f"{url}list.csv").content.decode()


def test_the_page_costs_the_same_whatever_was_said(client, django_assert_max_num_queries):
    made, at = council(), now()
    url = f"/meetings/{made.meeting.public_id}/speeches/"
    client.force_login(made.members[0])
    speak(made, ask(made), 5, at)
    ask(made, 1)
    counted(client, url)
    first = counted(client, url)
    for who in range(1, 4):
        speak(made, ask(made, who, item=1), 5, at)
        ask(made, who, item=1, lane="debate", subject="Thêm")
    speaking.refuse(ask(made, 0, lane="debate"), by=made.chair, at=now())
    assert counted(client, url) == first


def counted(client, url):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


def test_an_agencys_own_times_hold_for_its_kind(client):
    made = world("draft")
    admin = administrator(made)
    client.force_login(admin)
    sent = {
        "base": "hdnd_session", "label": "", "offered": "on", "basis": "Nội quy kỳ họp số 05/2026",
        "starts_on": f"{today():%d/%m/%Y}", "lanes": "council", "speech_first": "5", "debate_time": "2.5",
    }  # fmt: skip
    url = f"/meetings/kinds/{made.agency.public_id}/hdnd_session/"
    assert client.post(url, sent | {"speech_first": "-1"}).status_code == 422
    assert client.post(url, sent).status_code == 302
    found = offer_of(made.agency.pk, "hdnd_session", today()).kind.speaking
    assert (found.seconds["speech"], found.seconds["debate"], found.seconds["ask"]) == ((300, 180), (150,), (60,))
    assert (found.certainty, found.basis) == ("agency", "Nội quy kỳ họp số 05/2026")
    page = client.get(url).content.decode()
    assert 'value="2.5"' in page.replace(",", ".")
    assert "5:00 / 3:00" in client.get(f"/meetings/kinds/{made.agency.public_id}/").content.decode()


def test_the_page_asks_for_what_is_new(client):
    made = council()
    url = f"/meetings/{made.meeting.public_id}/speeches/"
    client.force_login(made.members[0])
    asks = re.search(r'hx-get="([^"]+)" hx-trigger="every 5s"', client.get(url).content.decode())[1]
    assert client.get(asks).status_code == 204
    ask(made, 1, subject="Về mục II")
    news = client.get(asks).content.decode()
    assert "Về mục II" in news
    assert "<html" not in news
    room.close_room(made.meeting, by=made.chair, at=now())
    assert "hx-trigger" not in client.get(asks).content.decode()
