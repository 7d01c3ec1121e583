"""The roll: present and late, absent and why, files to keep and to sign; attendance over a period."""

import io
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from pypdf import PdfReader

from meetings.actions import presence, replies, room
from meetings.models import Meeting, Participant
from meetings.queries.roll import absent_lines, present_lines, roll_lines
from meetings.queries.statistics import Span, attendances, per_person, per_unit, totals
from tests.meetings.factories import now, world
from tests.meetings.test_participants import queries
from tests.people.factories import fresh, person
from ui.sheets import as_csv, as_xlsx, defused


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def held():
    """A meeting that is over: one came, one late, one excused, one stood in for, one never said anything."""
    start = now() - timedelta(hours=2)
    made = world("published", members=5, starts_at=start, ends_at=start + timedelta(hours=3))
    here, late, away, sender, _silent = made.members
    to = person(made.agency, full_name="Trần Văn Thay")
    replies.stay_away(made.place(away), reason="Đi công tác tại Hà Nội", by=away, at=now())
    replies.decide(made.place(away), excused=True, by=made.chair, at=now())
    replies.delegate(made.place(sender), to=to, basis="Giấy ủy quyền số 12", by=sender, at=now())
    for user in (made.chair, here):
        presence.check_in(made.place(user), by=user, at=start - timedelta(minutes=5))
    room.open_room(made.meeting, by=made.chair, at=start)
    presence.check_in(made.place(late), by=late, at=start + timedelta(minutes=20))
    presence.check_in(made.place(to), by=to, at=start + timedelta(minutes=1))
    room.close_room(made.meeting, by=made.chair, at=start + timedelta(hours=1))
    made.reread()
    return made, to


pytestmark = pytest.mark.django_db


def test_who_was_there_who_came_late_and_why_others_did_not():
    made, to = held()
    here, late, away, sender, silent = made.members
    lines = roll_lines(made.meeting)
    present = {line.place.user: line for line in present_lines(lines)}
    assert set(present) == {made.chair, here, late, to}
    assert [user for user, line in present.items() if line.late and user != to] == [late]
    assert present[to].place.stands_in_for.user == sender
    absent = {line.place.user: line for line in absent_lines(lines)}
    assert [absent[user].place.reply for user in (away, sender, silent)] == ["excused", "delegated", "none"]
    assert absent[sender].substitute.user == to
    assert [line.number for line in absent_lines(lines)] == list(range(1, len(absent) + 1))


def test_reasons_are_for_those_who_keep_the_meeting():
    made, _ = held()
    page = reverse("meetings:roll", args=[made.meeting.public_id])
    for name in ("clerk", "leader", "chair", "secretary", "member", "guest"):
        answer = signed_in(made.user(name)).get(page)
        keeper = name in ("clerk", "leader", "chair", "secretary")
        assert ("Đi công tác tại Hà Nội" in answer.content.decode()) is keeper, name
        for part in ("present", "absent"):
            file = reverse("meetings:roll_file", args=[made.meeting.public_id, part, "csv"])
            assert signed_in(made.user(name)).get(file).status_code == (200 if keeper else 403)
    assert signed_in(made.stranger).get(page).status_code == 404
    assert signed_in(made.clerk).get(page, {"q": "thay", "role": "member"}).context["present_lines"]


def test_a_draft_has_no_roll():
    made = world("draft")
    assert signed_in(made.clerk).get(reverse("meetings:roll", args=[made.meeting.public_id])).status_code == 403


def test_the_files_hold_the_lists():
    made, _ = held()
    client = signed_in(made.clerk)

    def file(part, form):
        return client.get(reverse("meetings:roll_file", args=[made.meeting.public_id, part, form])).content

    assert "Đi công tác tại Hà Nội" in file("absent", "csv").decode("utf-8-sig")
    sheet = load_workbook(io.BytesIO(file("present", "xlsx"))).worksheets[0]
    assert sheet.max_row == 5
    assert sheet.cell(1, 2).value == "Họ và tên"
    pages = PdfReader(io.BytesIO(file("present", "pdf"))).pages
    words = "".join(page.extract_text() for page in pages)
    assert made.chair.full_name in words
    assert "Ký tên" in words
    assert "vắng mặt" in PdfReader(io.BytesIO(file("absent", "pdf"))).pages[0].extract_text().casefold()


def test_attendance_is_counted_per_person_and_unit():
    made, _to = held()
    span = Span(now() - timedelta(days=1), now() + timedelta(days=1))
    rows = {row["user_id"]: row for row in per_person(attendances(made.clerk, span))}
    here, late, away, sender, silent = made.members
    wanted = {
        here: ("attended", 1), late: ("late", 1), away: ("excused", 1), sender: ("delegated", 1), silent: ("missing", 1)
    }  # fmt: skip
    for user, (key, count) in wanted.items():
        assert rows[user.pk][key] == count, key
        assert rows[user.pk]["invited"] == 1
    units = list(per_unit(attendances(made.clerk, span)))
    assert sum(row["invited"] for row in units) == totals(attendances(made.clerk, span))["invited"] == 9
    assert not attendances(made.stranger, span).exists()
    assert [row["user_id"] for row in per_person(attendances(fresh(here), span, own=True))] == [here.pk]
    assert not attendances(made.clerk, Span(span.start, span.end, "hdnd_session")).exists()
    assert not attendances(made.clerk, Span(now() + timedelta(days=1), now() + timedelta(days=2))).exists()


def test_the_page_of_attendance():
    made, _ = held()
    client, page = signed_in(made.clerk), reverse("meetings:statistics")
    assert made.members[0].full_name in client.get(page).content.decode()
    for query in ({"by": "unit"}, {"whose": "own"}, {"from": "x", "to": "31/12/9999", "kind": "y", "page": "z"}):
        assert client.get(page, query).status_code == 200
    own = signed_in(made.members[0]).get(page, {"by": "unit"})
    assert [line["name"] for line in own.context["lines"]] == [made.members[0].full_name]
    book = load_workbook(io.BytesIO(client.get(page, {"format": "xlsx"}).content)).worksheets[0]
    assert book.max_row == 10


def test_attendance_takes_as_many_queries_for_three_meetings_as_for_one():
    made, _ = held()
    client, page = signed_in(made.clerk), reverse("meetings:statistics")
    one = queries(client, page)
    for number in range(2):
        copy = Meeting.objects.get(pk=made.meeting.pk)
        copy.pk, copy._state.adding, copy.public_id = None, True, Meeting().public_id
        copy.save()
        Participant.objects.create(meeting=copy, user=made.members[number], role="member")
    assert queries(client, page) == one


@given(st.lists(st.lists(st.text(max_size=12), min_size=2, max_size=2), max_size=6))
def test_no_cell_is_taken_for_a_formula(rows):
    assert as_csv(["a", "b"], rows).startswith(b"\xef\xbb\xbf")
    sheet = load_workbook(io.BytesIO(as_xlsx("T[]:", ["a", "b"], rows))).worksheets[0]
    assert sheet.max_row == len(rows) + 1
    for row in rows:
        for cell in row:
            assert not str(defused(cell)).startswith(("=", "+", "-", "@", "\t", "\r"))
