"""Who would be in two meetings at once: overlapping only, not who stays away, one query, titles only where open."""

from datetime import timedelta

import pytest
from django.utils import timezone

from meetings.actions import meetings as acts
from meetings.models import Meeting, Participant
from meetings.queries.clashes import clashes_in, person_clashes
from rooms.actions import bookings
from rooms.models import Room
from tests.meetings.factories import now, world
from tests.meetings.test_pages import signed_in
from tests.people.factories import AgencyFactory, fresh, person
from tests.rooms.factories import at

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def made():
    return world("published")


def asked(made, user, start, end, **options):
    return [(one.user, one.meeting) for one in person_clashes([user], start, end, **options)]


def test_overlap_counts_touching_does_not(made):
    user, meeting = made.members[0], made.meeting
    start, end = meeting.starts_at, meeting.ends_at
    for since, until, clashes in (
        (start - HOUR, start, False),
        (end, end + HOUR, False),
        (start - HOUR, start + HOUR / 60, True),
        (end - HOUR / 60, end + HOUR, True),
        (start + HOUR / 2, start + HOUR, True),
        (start - HOUR, end + HOUR, True),
        (end, start, False),
    ):
        assert bool(asked(made, user, since, until)) is clashes, (since - start, until - start)
    assert asked(made, user, start, end, besides=meeting) == []
    assert asked(made, made.stranger, start, end) == []
    assert person_clashes([], start, end) == []


@pytest.mark.parametrize(
    ("reply", "clashes"),
    [("none", True), ("accepted", True), ("asked", True), ("refused", True),
     ("absent", False), ("excused", False), ("delegated", False)],
)  # fmt: skip
def test_who_stays_away_is_free(made, reply, clashes):
    user = made.members[0]
    Participant.objects.filter(meeting=made.meeting, user=user).update(reply=reply)
    assert bool(asked(made, user, made.meeting.starts_at, made.meeting.ends_at)) is clashes


def test_a_removed_participant_and_a_cancelled_meeting_are_no_clash(made):
    first, second = made.members[:2]
    times = made.meeting.starts_at, made.meeting.ends_at
    Participant.objects.filter(meeting=made.meeting, user=first).update(removed_at=now())
    assert asked(made, first, *times) == []
    assert asked(made, second, *times)
    acts.cancel(made.meeting, reason="Hoãn sang tuần sau", by=made.clerk, at=now())
    assert asked(made, second, *times) == []


def test_any_number_of_people_is_one_query(made, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = person_clashes(made.members, made.meeting.starts_at, made.meeting.ends_at)
        assert [one.meeting.agency.name for one in found] == [made.agency.name] * 3


def twice(made) -> Meeting:
    """The same people in a meeting of another agency at the same time."""
    other = world("published")
    for user in made.members:
        other.meeting.participants.create(user=user, role="member")
    Meeting.objects.filter(pk=other.meeting.pk).update(
        starts_at=made.meeting.starts_at, ends_at=made.meeting.ends_at, title="Họp kín của nơi khác"
    )
    return other.meeting


def test_the_other_meeting_is_named_only_to_who_may_see_it(made):
    other = twice(made)
    found = clashes_in(made.meeting, asked_by=made.user("clerk"))
    assert {one.user for one in found} == set(made.members)
    assert not any(one.shown for one in found)
    colleague = made.members[0]
    assert all(one.shown for one in clashes_in(made.meeting, asked_by=fresh(colleague)))
    assert {one.meeting for one in found} == {other}


def test_preparers_see_the_clashes_on_their_page_others_do_not(made):
    twice(made)
    address = f"/meetings/{made.meeting.public_id}/clashes/"
    page = signed_in(made.user("clerk")).get(address)
    assert page.status_code == 200
    assert made.members[0].full_name in page.content.decode()
    assert "Họp kín" not in page.content.decode()
    assert signed_in(made.user("member")).get(address).status_code == 403
    assert signed_in(made.user("stranger")).get(address).status_code == 404
    assert signed_in(person(AgencyFactory(), "clerk")).get(address).status_code == 404


def test_a_new_meeting_says_whether_its_room_is_taken_before_it_is_saved(made):
    clerk, start = made.user("clerk"), at(9, days=3)
    room = Room.objects.create(agency=made.agency, name="Phòng họp số 1")
    local = timezone.localtime(start)
    asked = {"room": room.public_id, "starts_at_day": f"{local:%d/%m/%Y}", "starts_at_hour": f"{local:%H:%M}"}
    asked |= {"ends_at_day": f"{local:%d/%m/%Y}", "ends_at_hour": "23:45"}

    def part(**changed):
        return signed_in(clerk).get("/meetings/new/clashes/", {**asked, **changed}, headers={"HX-Request": "true"})

    assert "Phòng họp số 1 còn trống" in part().content.decode()
    times = {"starts_at": start, "ends_at": start + timedelta(minutes=15)}
    bookings.book(room, subject="test:1", title="Họp khác", agency_id=made.agency.pk, by=clerk, at=now(), **times)
    said = part().content.decode()
    assert "Phòng họp số 1 đã có lịch" in said
    assert "Phòng Phòng" not in said
    for wrong in (
        {"room": "x"},
        {"room": made.meeting.public_id},
        {"starts_at_day": "32/13/9999"},
        {"ends_at_hour": ""},
    ):
        answer = part(**wrong)
        assert answer.status_code == 200
        assert "Phòng họp" not in answer.content.decode()
    assert signed_in(made.user("member")).get("/meetings/new/clashes/").status_code == 403
    assert signed_in(clerk).get("/meetings/new/clashes/", asked).status_code == 200
    assert "/meetings/new/clashes/" in signed_in(clerk).get("/meetings/new/").content.decode()
