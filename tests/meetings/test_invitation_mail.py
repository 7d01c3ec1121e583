"""Invitations over a real SMTP server: the mail carries the event, and what calendars are to do with it."""

from dataclasses import asdict
from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar

from meetings.actions import meetings as acts
from meetings.actions import participants, replies
from meetings.details import Details, Seat
from meetings.models import Meeting
from notices.carrying import carry
from notices.models import Notice
from people.models import User
from tests.meetings.factories import World, bring, details, now, world
from tests.notices.conftest import post_office  # noqa: F401
from tests.people.factories import person

pytestmark = pytest.mark.django_db

LATER = datetime(2030, 1, 9, 3, 0, tzinfo=UTC)  # a Wednesday, ten in the morning in Viet Nam: nobody's quiet hours


def published(email: str = "thanh.vien@tinh-mau.gov.vn") -> tuple[World, User]:
    """A published meeting, one of whose members has a mailbox."""
    made = world("draft")
    member = made.members[0]
    User.objects.filter(pk=member.pk).update(email=email)
    bring(made, "published")
    return made, member


def events(office) -> list[tuple[str, str, str]]:
    """Carry what waits; return of each mail what calendars are asked, the state of the event, and its place."""
    office.mails.clear()
    carry(lambda: LATER)
    found = []
    for mail in office.mails:
        for part in (one for one in mail.walk() if one.get_content_type() == "text/calendar"):
            if part.get_filename():
                continue
            read = Calendar.from_ical(part.get_content())
            (event,) = read.walk("VEVENT")
            assert part.get_param("method") == read["METHOD"]
            found.append((str(read["METHOD"]), str(event["STATUS"]), str(event["LOCATION"])))
    return found


def change(made: World, **changes: object) -> None:
    meeting = Meeting.objects.get(pk=made.meeting.pk)
    names = asdict(details())
    new = Details(**{name: getattr(meeting, name) for name in names} | changes)
    acts.edit(meeting, details=new, revision=meeting.revision, by=made.clerk, at=now())


def test_the_invitation_is_an_event_of_its_organizer(post_office):  # noqa: F811
    made, _member = published()
    assert events(post_office) == [("REQUEST", "CONFIRMED", "Phòng họp số 1")]
    (mail,) = post_office.mails
    part = next(one for one in mail.walk() if one.get_content_type() == "text/calendar")
    (event,) = Calendar.from_ical(part.get_content()).walk("VEVENT")
    assert str(event["ORGANIZER"]) == "mailto:nghi-su@tinh-mau.gov.vn"
    assert event["ORGANIZER"].params["CN"] == made.agency.name
    assert event["DTSTART"].dt == made.meeting.starts_at.replace(microsecond=0)
    assert str(event["SUMMARY"]) == made.meeting.title
    assert "Nội dung 1" not in part.get_content()


def test_a_new_time_and_a_new_place_replace_the_event(post_office):  # noqa: F811
    made, _member = published()
    events(post_office)
    change(made, place="Phòng họp số 2")
    assert events(post_office) == [("REQUEST", "CONFIRMED", "Phòng họp số 2")]
    change(made, ends_at=made.meeting.ends_at + timedelta(minutes=30))
    assert [method for method, _state, _place in events(post_office)] == ["REQUEST"]


def test_called_off_and_removed_take_the_event_away(post_office):  # noqa: F811
    made, _member = published()
    other = made.members[1]
    User.objects.filter(pk=other.pk).update(email="khac@tinh-mau.gov.vn")
    events(post_office)
    participants.remove(made.place(other), by=made.clerk, at=now())
    assert [one[:2] for one in events(post_office)] == [("CANCEL", "CANCELLED")]
    assert post_office.mails[0]["To"] == "khac@tinh-mau.gov.vn"
    acts.cancel(made.meeting, reason="Hoãn theo chỉ đạo", by=made.clerk, at=now())
    assert [one[:2] for one in events(post_office)] == [("CANCEL", "CANCELLED")]
    assert post_office.mails[0]["To"] == "thanh.vien@tinh-mau.gov.vn"


def test_who_sends_a_colleague_hands_the_event_over(post_office):  # noqa: F811
    made, member = published()
    events(post_office)
    to = person(made.agency, "official", email="di.thay@tinh-mau.gov.vn")
    replies.delegate(made.place(member), to=to, basis="Giấy ủy quyền số 12/GUQ", by=member, at=now())
    sent = {one[:2] for one in events(post_office)}
    methods = {notice.user_id: "CANCEL" if "METHOD:CANCEL" in notice.ics else "REQUEST" for notice in with_files(made)}
    assert methods == {member.pk: "CANCEL", to.pk: "REQUEST"}
    assert sent == {("CANCEL", "CANCELLED"), ("REQUEST", "CONFIRMED")}
    change(made, place="Phòng họp số 3")
    moved = Notice.objects.filter(kind="meetings.where_changed")
    assert moved.get(user=member).ics == ""
    assert "METHOD:REQUEST" in moved.get(user=to).ics
    replies.accept(made.place(member), by=member, at=now())
    assert "METHOD:CANCEL" in Notice.objects.get(user=to, kind="meetings.delegation_ended").ics


def with_files(made: World) -> list[Notice]:
    return list(Notice.objects.filter(kind__in=["meetings.delegated", "meetings.stood_in_for"]).exclude(ics=""))


def test_what_is_no_event_carries_no_file():
    made, member = published()
    participants.change(made.place(member), seat=Seat("member"), by=made.clerk, at=now())
    assert Notice.objects.get(user=member, kind="meetings.place_changed").ics == ""
