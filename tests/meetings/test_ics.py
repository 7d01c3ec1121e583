"""Calendars as text: read back by a parser of others, folded, escaped, never saying too much."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from ledger.models import AuditEntry
from ledger.verdict import Refused
from meetings import ics
from meetings.actions import agenda, feeds
from meetings.actions import meetings as acts
from meetings.details import Matter
from meetings.models import CalendarFeed, Participant
from meetings.vcalendar import Event, calendar, escaped, folded
from people.models import User
from tests.meetings.factories import now, world
from tests.meetings.test_pages import signed_in

AT = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)


def event(**changes) -> Event:
    made = {"uid": "a@b", "starts_at": AT, "ends_at": AT + timedelta(hours=2), "stamp": AT, "summary": "Họp"}
    return Event(**made | changes)


def read(text: str):
    (found,) = Calendar.from_ical(text).walk("VEVENT")
    return found


@given(st.text(max_size=300))
def test_every_line_is_short_and_unfolds_to_what_it_was(text):
    line = f"SUMMARY:{escaped(text)}"
    parts = folded(line).split("\r\n ")
    assert all(len(part.encode()) <= 75 - (1 if index else 0) for index, part in enumerate(parts))
    assert "".join(parts) == line


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=200))
def test_a_parser_of_others_reads_the_words_back(text):
    found = read(calendar([event(summary=text, location=text, description=text)]))
    shown = "".join(char if char.isprintable() else " " for char in text)
    for name in ("SUMMARY", "LOCATION", "DESCRIPTION"):
        assert str(found[name]) == shown


def test_times_are_instants_and_lines_end_as_the_format_asks():
    text = calendar([event(location="Phòng 1; tầng 2, nhà A\nCổng sau", sequence=4)], name="Lịch họp")
    assert "\r\n" in text
    assert "\n" not in text.replace("\r\n", "")
    found = read(text)
    assert found["DTSTART"].dt == AT
    assert found["DTEND"].dt == AT + timedelta(hours=2)
    assert str(found["LOCATION"]) == "Phòng 1; tầng 2, nhà A\nCổng sau"
    assert found["SEQUENCE"] == 4


@given(st.text(max_size=80))
def test_nothing_written_begins_a_line_of_its_own(text):
    lines = calendar([event(summary=text, organizer="a@b.vn", organizer_name=text, url=text)]).split("\r\n")
    assert sum(line.startswith(("BEGIN:", "END:")) for line in lines) == 4


@pytest.mark.django_db
def test_an_invitation_keeps_its_name_and_grows(settings):
    settings.PUBLIC_URL = "https://hop.example.gov.vn"
    made = world("published")
    first = read(ics.invitation(made.meeting, "REQUEST"))
    assert Calendar.from_ical(ics.invitation(made.meeting, "REQUEST"))["METHOD"] == "REQUEST"
    assert str(first["UID"]).startswith(str(made.meeting.public_id))
    assert first["STATUS"] == "CONFIRMED"
    assert str(made.meeting.public_id) in str(first["URL"])
    assert "Nội dung 1" not in ics.invitation(made.meeting)
    acts.cancel(made.meeting, reason="Hoãn sang tuần sau", by=made.clerk, at=now())
    text = ics.invitation(made.reread(), "REQUEST")
    last = read(text)
    assert (last["UID"], last["STATUS"]) == (first["UID"], "CANCELLED")
    assert last["SEQUENCE"] > first["SEQUENCE"]
    assert Calendar.from_ical(text)["METHOD"] == "CANCEL"


@pytest.mark.django_db
def test_a_meeting_is_saved_by_whoever_may_see_it():
    made = world("published")
    for name, status in {"member": 200, "guest": 200, "clerk": 200, "stranger": 200}.items():
        address = f"/meetings/{made.meeting.public_id}/meeting.ics"
        # the stranger keeps the office of the guest's unit, and may know when its people are away
        assert signed_in(made.user(name)).get(address).status_code == status, name
    draft = world("draft")
    address = f"/meetings/{draft.meeting.public_id}/meeting.ics"
    assert signed_in(draft.user("member")).get(address).status_code == 404
    assert signed_in(draft.user("stranger")).get(address).status_code == 404


@pytest.fixture
def subscriber():
    cache.clear()
    made = world("published")
    member = made.user("member")
    token = feeds.open_feed(member, busy_only=False, by=member, at=now())
    return made, member, f"/calendar/{token}.ics"


@pytest.mark.django_db
def test_a_private_address_opens_without_a_session(subscriber):
    made, _member, address = subscriber
    answer = Client().get(address)
    assert answer.status_code == 200
    assert not answer.cookies
    assert answer["Content-Type"].startswith("text/calendar")
    assert str(read(answer.content.decode())["SUMMARY"]) == made.meeting.title
    assert Client().get(address, headers={"If-None-Match": answer["ETag"]}).status_code == 304


@pytest.mark.django_db
def test_hidden_matters_and_agenda_are_never_in_it(subscriber):
    made, _member, address = subscriber
    agenda.add_item(made.meeting, matter=Matter("Nhân sự bí mật"), by=made.clerk, at=now())
    text = Client().get(address).content.decode().replace("\r\n ", "")
    assert "Nhân sự" not in text
    assert "Nội dung" not in text


@pytest.mark.django_db
def test_it_shows_what_the_person_may_see_now(subscriber):
    made, member, address = subscriber
    Participant.objects.filter(meeting=made.meeting, user=member).update(removed_at=now())
    assert b"VEVENT" not in Client().get(address).content


@pytest.mark.django_db
def test_it_ends_with_the_account_with_a_new_one_and_when_closed(subscriber):
    _made, member, address = subscriber
    renewed = f"/calendar/{feeds.open_feed(member, busy_only=False, by=member, at=now())}.ics"
    assert Client().get(address).status_code == 404
    assert Client().get(renewed).status_code == 200
    User.objects.filter(pk=member.pk).update(is_active=False)
    assert Client().get(renewed).status_code == 404
    User.objects.filter(pk=member.pk).update(is_active=True)
    feeds.close_feed(member, by=member, at=now())
    assert Client().get(renewed).status_code == 404
    assert CalendarFeed.objects.filter(user=member, revoked_at__isnull=True).count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("token", ["x", "a" * 43, "Ă" * 43, "a" * 5000])
def test_a_wrong_address_is_not_there(token):
    assert Client().get(f"/calendar/{token}.ics").status_code == 404


@pytest.mark.django_db
def test_busy_only_tells_when_not_what():
    cache.clear()
    made = world("published")
    member = made.user("member")
    token = feeds.open_feed(member, busy_only=True, by=member, at=now())
    text = Client().get(f"/calendar/{token}.ics").content.decode().replace("\r\n ", "")
    assert made.meeting.title not in text
    assert "Phòng" not in text
    assert "VEVENT" in text


@pytest.mark.django_db
def test_it_is_asked_only_so_often(subscriber, monkeypatch):
    monkeypatch.setattr("meetings.views.feeds.PER_HOUR", 3)
    _made, _member, address = subscriber
    assert [Client().get(address).status_code for _ in range(5)] == [200, 200, 200, 429, 429]


@pytest.mark.django_db
def test_the_token_is_kept_nowhere_and_given_to_nobody_else():
    made = world("published")
    member, other = made.user("member"), made.user("secretary")
    token = feeds.open_feed(member, busy_only=False, by=member, at=now())
    assert token not in str(list(CalendarFeed.objects.values())) + str(list(AuditEntry.objects.values()))
    for act in (lambda: feeds.open_feed(member, busy_only=False, by=other, at=now()), lambda: close(member, other)):
        with pytest.raises(Refused, match="not_yours"):
            act()


def close(member, other):
    feeds.close_feed(member, by=other, at=now())


@pytest.mark.django_db
def test_the_page_shows_the_address_once():
    made = world("published")
    client = signed_in(made.user("member"))
    shown = client.post("/meetings/calendar/feed/", {"content": "full"}).content.decode()
    assert ".ics" in shown
    assert ".ics" not in client.get("/meetings/calendar/feed/").content.decode()
    assert client.post("/meetings/calendar/feed/close/").status_code == 302
