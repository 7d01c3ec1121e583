"""Rhythms, copies, series, and the room booked with a meeting."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.days import LEGAL_ZONE
from ledger.verdict import Refused
from meetings.actions import meetings as acts
from meetings.actions import package
from meetings.actions import series as again
from meetings.details import moved_to
from meetings.models import Meeting, Paper, Series
from meetings.rhythm import MONTHLY_DAY, MONTHLY_WEEKDAY, MOST, SORTS, WEEKLY, WEEKS, Rhythm, days
from people.queries import today
from rooms.models import Room
from rooms.queries import booking_of
from tests.meetings.factories import details, now, world
from tests.meetings.test_pages import signed_in

starts = st.dates(date(2024, 1, 1), date(2030, 12, 31))
rhythms = st.builds(
    Rhythm,
    sort=st.sampled_from(SORTS),
    every=st.integers(1, 6),
    weekdays=st.lists(st.integers(0, 6), min_size=1, max_size=3).map(tuple),
    week=st.sampled_from(WEEKS),
    day=st.integers(1, 31),
    until=st.none() | starts,
    times=st.integers(1, 80),
)


@given(rhythms, starts)
def test_days_come_in_order_within_the_bounds(rhythm, start):
    found = days(rhythm, start)
    assert found == sorted(set(found))
    assert len(found) <= min(rhythm.times, MOST)
    assert all(day >= start and (rhythm.until is None or day <= rhythm.until) for day in found)
    if rhythm.sort == WEEKLY:
        assert all(day.weekday() in rhythm.weekdays for day in found)
        weeks = {
            (day - timedelta(days=day.weekday()) - start + timedelta(days=start.weekday())).days // 7 for day in found
        }
        assert all(week % rhythm.every == 0 for week in weeks)
    if rhythm.sort == MONTHLY_WEEKDAY:
        assert all(day.weekday() == rhythm.weekdays[0] for day in found)
    if rhythm.sort != WEEKLY:
        months = [day.year * 12 + day.month for day in found]
        assert len(set(months)) == len(months)
        assert all((month - start.year * 12 - start.month) % rhythm.every == 0 for month in months)


@given(rhythms, starts)
def test_a_longer_series_begins_as_the_shorter_one(rhythm, start):
    assert days(Rhythm(**{**rhythm.__dict__, "times": 3}), start) == days(rhythm, start)[:3] or rhythm.times < 3


@given(rhythms)
def test_a_rhythm_is_kept_as_json(rhythm):
    assert Rhythm.from_data(rhythm.as_data()) == rhythm


def test_as_clerks_say_it():
    first_monday = Rhythm(MONTHLY_WEEKDAY, weekdays=(0,), week=1, times=3)
    assert days(first_monday, date(2026, 11, 21)) == [date(2026, 12, 7), date(2027, 1, 4), date(2027, 2, 1)]
    last_friday = Rhythm(MONTHLY_WEEKDAY, weekdays=(4,), week=-1, times=2)
    assert days(last_friday, date(2026, 11, 1)) == [date(2026, 11, 27), date(2026, 12, 25)]
    every_end = Rhythm(MONTHLY_DAY, day=31, times=3)
    assert days(every_end, date(2027, 1, 1)) == [date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 31)]
    twice_a_week = Rhythm(WEEKLY, weekdays=(0, 3), until=date(2026, 12, 4))
    assert days(twice_a_week, date(2026, 11, 24)) == [date(2026, 11, 26), date(2026, 11, 30), date(2026, 12, 3)]


# --- through the actions and pages


@pytest.fixture
def booked(db):
    made = world("draft", items=2)
    room = Room.objects.create(agency=made.agency, name="Phòng họp 1", capacity=20)
    other = acts.create(made.agency, details=details(title="Giao ban", room_id=room.pk), by=made.clerk, at=now())
    return made, room, other


def test_a_room_is_booked_moved_and_given_back_with_the_meeting(booked):
    made, room, meeting = booked
    assert booking_of(meeting.stream).room == room
    with pytest.raises(Refused, match="room_taken"):
        acts.create(made.agency, details=details(room_id=room.pk), by=made.clerk, at=now())
    later = details(starts_at=now() + timedelta(days=1), ends_at=now() + timedelta(days=1, hours=1), room_id=room.pk)
    acts.edit(meeting, details=later, revision=1, by=made.clerk, at=now())
    assert booking_of(meeting.stream).starts_at == later.starts_at
    acts.edit(meeting, details=details(), revision=2, by=made.clerk, at=now())
    assert booking_of(meeting.stream) is None
    acts.edit(meeting, details=later, revision=3, by=made.clerk, at=now())
    acts.cancel(meeting, reason="Hoãn sang tuần sau", by=made.clerk, at=now())
    assert booking_of(meeting.stream) is None


def test_a_draft_nobody_saw_is_discarded_and_gone(booked):
    made, _, meeting = booked
    acts.discard(meeting, by=made.clerk, at=now())
    assert booking_of(meeting.stream) is None
    assert signed_in(made.clerk).get(f"/meetings/{meeting.public_id}/").status_code == 404
    package.submit(made.meeting, by=made.clerk, at=now())
    package.take_back(made.meeting, by=made.clerk, at=now())
    with pytest.raises(Refused, match="was_submitted"):
        acts.discard(made.meeting, by=made.clerk, at=now())


@pytest.mark.django_db
def test_a_copy_takes_what_was_chosen_and_never_papers_or_votes():
    made = world("published", items=2)
    when = details(starts_at=now() + timedelta(days=7), ends_at=now() + timedelta(days=7, hours=2))
    copied = again.copy(made.meeting, details=when, parts=again.PARTS, by=made.clerk, at=now())
    assert [item.title for item in copied.items.all()] == ["Nội dung 1", "Nội dung 2"]
    assert copied.participants.count() == made.meeting.participants.count()
    assert not copied.votes.exists()
    assert not Paper.objects.filter(item__meeting=copied).exists()
    assert copied.state == "draft"
    empty = again.copy(made.meeting, details=when, parts=(), by=made.clerk, at=now())
    assert not empty.items.exists()
    assert not empty.participants.exists()
    with pytest.raises(Refused, match="not_yours"):
        again.copy(made.meeting, details=when, parts=(), by=made.chair, at=now())


def form_for(first, **changes):
    form = {
        "sort": "weekly",
        "first": f"{first:%d/%m/%Y}",
        "hour": "08:00",
        "every": "1",
        "weekday": str(first.weekday()),
        "times": "3",
        "parts": ["agenda", "people"],
    }
    return form | changes


def test_a_series_is_looked_over_made_changed_and_called_off(booked):
    made, room, meeting = booked
    client, first = signed_in(made.clerk), today() + timedelta(days=14)
    address = f"/meetings/{meeting.public_id}/again/"
    assert client.get(address).status_code == 200
    taken = datetime.combine(first + timedelta(days=7), time(8), LEGAL_ZONE)
    acts.create(
        made.agency,
        details=details(room_id=room.pk, starts_at=taken, ends_at=taken + timedelta(hours=1)),
        by=made.clerk,
        at=now(),
    )
    planned = client.post(address, form_for(first)).context["planned"]
    assert len(planned) == 3
    assert planned[1].taken
    days_ticked = [day.day.isoformat() for day in planned]
    answer = client.post(address, form_for(first, do="make", day=days_ticked))
    assert answer.status_code == 302
    series = Series.objects.get()
    made_of_it = list(Meeting.objects.filter(series=series).exclude(pk=meeting.pk).order_by("starts_at"))
    assert [one.room_id for one in made_of_it] == [room.pk, None, room.pk]
    second = made_of_it[0]
    second.refresh_from_db()
    form = {
        "agency": str(made.agency.public_id),
        "kind": second.kind,
        "title": "Giao ban đầu tuần",
        "starts_at_day": f"{first:%d/%m/%Y}",
        "starts_at_hour": "09:00",
        "ends_at_day": f"{first:%d/%m/%Y}",
        "ends_at_hour": "12:00",
        "room": str(room.public_id),
        "place": second.place,
        "revision": "1",
        "scope": "following",
    }
    assert client.post(f"/meetings/{second.public_id}/edit/", form).status_code == 302
    titles = list(Meeting.objects.filter(series=series).order_by("starts_at").values_list("title", flat=True))
    assert titles == ["Giao ban", *["Giao ban đầu tuần"] * 3]
    hours = {one.starts_at.astimezone(LEGAL_ZONE).hour for one in Meeting.objects.filter(title="Giao ban đầu tuần")}
    assert hours == {9}
    client.post(f"/meetings/{second.public_id}/series/cancel/", {"reason": "Không còn cần họp"})
    states = list(Meeting.objects.filter(series=series).order_by("starts_at").values_list("state", flat=True))
    assert states == ["draft", "draft", "cancelled", "cancelled"]


def test_bad_rhythms_come_back_to_the_form(booked):
    made, _, meeting = booked
    client, first = signed_in(made.clerk), today() + timedelta(days=14)
    address = f"/meetings/{meeting.public_id}/again/"
    for bad in ({"first": "x"}, {"sort": "never"}, {"times": "999"}, {"until": f"{today():%d/%m/%Y}"}, {"hour": "99"}):
        assert client.post(address, form_for(first) | bad).status_code == 422, bad
    assert signed_in(made.stranger).get(address).status_code == 404
    assert signed_in(made.leader).get(address).status_code == 403


@pytest.fixture
def weekly(booked):
    """Three meetings of one series in one room, a week apart, and their form."""
    made, room, meeting = booked
    when = datetime.combine(today() + timedelta(days=14), time(8), LEGAL_ZONE)
    words = details(room_id=room.pk, starts_at=when, ends_at=when + timedelta(hours=2))
    acts.edit(meeting, details=words, revision=1, by=made.clerk, at=now())
    series = again.start_series(meeting, rhythm=Rhythm(WEEKLY).as_data(), by=made.clerk, at=now())
    rest = [
        again.copy(
            meeting,
            details=moved_to(words, when + timedelta(days=7 * n)),
            parts=(),
            series=series,
            by=made.clerk,
            at=now(),
        )
        for n in (1, 2)
    ]
    return made, room, [Meeting.objects.get(pk=one.pk) for one in (meeting, *rest)]


def edited(made, meeting, **changes):
    local = {name: getattr(meeting, name).astimezone(LEGAL_ZONE) for name in ("starts_at", "ends_at")}
    form = {
        "agency": str(made.agency.public_id),
        "kind": meeting.kind,
        "title": meeting.title,
        "room": str(meeting.room.public_id),
        "place": meeting.place,
        "revision": str(meeting.revision),
        "scope": "following",
    }
    for name, value in local.items():
        form |= {f"{name}_day": f"{value:%d/%m/%Y}", f"{name}_hour": f"{value:%H:%M}"}
    return signed_in(made.clerk).post(f"/meetings/{meeting.public_id}/edit/", form | changes)


def starts_of(meetings):
    return [Meeting.objects.get(pk=one.pk).starts_at for one in meetings]


def test_a_change_is_carried_on_to_all_or_to_none(weekly):
    made, room, meetings = weekly
    first, _second, third = meetings
    before = starts_of(meetings)
    taken = third.starts_at + timedelta(hours=6)
    other = details(title="Tiếp dân", room_id=room.pk, starts_at=taken, ends_at=taken + timedelta(hours=3))
    acts.create(made.agency, details=other, by=made.clerk, at=now())
    answer = edited(made, first, starts_at_hour="14:00", ends_at_hour="16:00")
    assert answer.status_code == 422
    assert starts_of(meetings) == before
    text = answer.content.decode()
    assert third.starts_at.astimezone(LEGAL_ZONE).strftime("%d/%m/%Y") in text
    assert "Tiếp dân" in text


def test_a_series_moves_into_its_own_hours(weekly):
    made, _, meetings = weekly
    before = starts_of(meetings)
    later = meetings[0].starts_at.astimezone(LEGAL_ZONE) + timedelta(days=7)
    day = f"{later:%d/%m/%Y}"
    assert edited(made, meetings[0], starts_at_day=day, ends_at_day=day).status_code == 302
    assert starts_of(meetings) == [one + timedelta(days=7) for one in before]


def test_what_may_not_be_changed_now_is_named(weekly):
    made, _, meetings = weekly
    Meeting.objects.filter(pk=meetings[1].pk).update(state="submitted")
    answer = edited(made, meetings[0], title="Tên mới")
    shown = signed_in(made.clerk).get(answer.headers["Location"])
    assert shown.status_code == 200
    titles = [Meeting.objects.get(pk=one.pk).title for one in meetings]
    assert [title == "Tên mới" for title in titles] == [True, False, True]


def test_the_rest_is_called_off_from_the_page_of_one(weekly):
    made, _, meetings = weekly
    client, address = signed_in(made.clerk), f"/meetings/{meetings[0].public_id}/"
    assert "series/cancel" in client.get(address).content.decode()
    short = client.post(f"{address}series/cancel/", {"reason": "vì"}, follow=True)
    assert short.status_code == 200
    assert not Meeting.objects.filter(state="cancelled").exists()
    client.post(f"{address}series/cancel/", {"reason": "Không còn cần họp hằng tuần"})
    assert [Meeting.objects.get(pk=one.pk).state for one in meetings] == ["draft", "cancelled", "cancelled"]
    assert "series/cancel" not in client.get(address).content.decode()
    empty = client.post(f"{address}series/cancel/", {"reason": "Không còn cần họp hằng tuần"}, follow=True)
    assert empty.status_code == 200
