"""Booking rooms: never twice, rights by unit, what is told of what stands in the way."""

from datetime import datetime

import pytest
from django.db import IntegrityError, connection, transaction

from ledger.days import LEGAL_ZONE as ZONE
from ledger.door import writing
from ledger.models import AuditEntry
from ledger.verdict import Refused, Unseen
from rooms.actions import bookings, rooms
from rooms.details import RoomDetails
from rooms.models import BookedQuarter, Booking
from rooms.queries import bookable_rooms, clashes, free_rooms, get_bookable_room, visible_rooms
from rooms.subjects import Shown, register_subjects
from tests.people.factories import fresh
from tests.people.test_races import at_once
from tests.rooms.factories import at, house, now

pytestmark = pytest.mark.django_db


def refused(code, work):
    with pytest.raises(Refused) as refusal:
        work()
    assert refusal.value.code == code
    return refusal.value.text


def test_a_room_is_booked_once_for_every_quarter():
    made = house()
    bookings.book(made.room, **made.booking(8, 10))
    bookings.book(made.room, **made.booking(10, 11.5))
    for start, end in ((9, 9.5), (7, 8.1), (9.99, 10.01), (7, 20)):
        text = refused("room_taken", lambda start=start, end=end: bookings.book(made.room, **made.booking(start, end)))
        assert "Họp giao ban" in text
    assert BookedQuarter.objects.count() == 8 + 6
    assert clashes(made.room, at(9), at(10.5)).count() == 2
    assert clashes(made.room, at(9), at(10), besides="test:8").count() == 0


def test_the_constraint_holds_even_without_the_question():
    made = house()
    booking = bookings.book(made.room, **made.booking())
    taken = booking.quarters.first()
    with pytest.raises(IntegrityError, match=r"room_quarter_once|room_id, .*quarter"), transaction.atomic():
        BookedQuarter.objects.create(room=made.room, booking=booking, quarter=taken.quarter)


def test_a_booking_moves_and_is_given_back():
    made = house()
    bookings.book(made.room, **made.booking())
    bookings.book(made.room, **made.booking(14, 16))
    moving = {"subject": "test:8", "title": "Khác", "by": made.clerk, "at": now()}
    refused("room_taken", lambda: bookings.move(made.room, **moving, starts_at=at(13), ends_at=at(15)))
    moved = bookings.move(made.room, **moving, starts_at=at(9), ends_at=at(11))
    assert (moved.title, moved.quarters.count()) == ("Khác", 8)
    other = rooms.add(made.province, details=RoomDetails("Hội trường"), plan_name="Chính", by=made.clerk, at=now())
    bookings.move(other, **moving, starts_at=at(13), ends_at=at(15))
    assert clashes(made.room, at(9), at(11)).count() == 0
    bookings.release(subject="test:8", by=made.clerk, at=now())
    bookings.release(subject="test:8", by=made.clerk, at=now())
    assert Booking.objects.count() == 1
    with pytest.raises(Unseen):
        bookings.move(other, **moving, starts_at=at(13), ends_at=at(15))


def test_steps_inside_another_action_are_undone_with_it():
    made = house()

    def both():
        with writing():
            bookings.book(made.room, **made.booking())
            bookings.book(made.room, **made.booking(9, 12))

    refused("room_taken", both)
    assert not Booking.objects.exists()


def test_an_agency_and_the_units_under_it_may_book():
    made = house()
    bookings.book(made.room, **made.booking(agency_id=made.unit.pk, by=made.unit_clerk))
    refused("room_not_yours", lambda: bookings.book(made.room, **made.booking(12, 13, agency_id=made.other.pk)))
    assert list(bookable_rooms(made.unit_clerk)) == [made.room]
    assert not bookable_rooms(made.stranger).exists()
    assert not visible_rooms(made.stranger).exists()
    with pytest.raises(Unseen):
        get_bookable_room(made.stranger, made.room.public_id)


def test_what_stands_in_the_way_is_named_only_to_those_who_may_know():
    made = house()
    register_subjects("secret", lambda user, keys: {k: Shown("Họp kín", "/") for k in keys if user == made.clerk})
    bookings.book(made.room, **made.booking(subject="secret:7", title="Họp kín"))
    again = made.booking(9, 11)
    assert "Họp kín" in refused("room_taken", lambda: bookings.book(made.room, **again))
    text = refused("room_taken", lambda: bookings.book(made.room, **{**again, "by": made.official}))
    assert "Họp kín" not in text
    register_subjects("secret", lambda user, keys: {})


@pytest.mark.parametrize("who", ["clerk", "official", "unit_clerk", "stranger"])
def test_who_may_do_what(who):
    made = house()
    user = fresh(getattr(made, who))
    use = {"title": "Tập huấn", "starts_at": at(8), "ends_at": at(9), "agency_id": made.province.pk}
    use |= {"by": user, "at": now()}
    block = {"title": "Bảo trì", "starts_at": at(10), "ends_at": at(11), "by": user, "at": now()}
    booking = bookings.reserve(made.room, **{**use, "by": made.clerk, "starts_at": at(14), "ends_at": at(15)})
    acts = {
        "reserve": lambda: bookings.reserve(made.room, **use),
        "block": lambda: bookings.block(made.room, **block),
        "edit": lambda: rooms.edit(made.room, details=RoomDetails("Mới"), revision=1, by=user, at=now()),
        "give_back": lambda: bookings.give_back(booking, by=user, at=now()),
        "add": lambda: rooms.add(made.province, details=RoomDetails("B"), plan_name="C", by=user, at=now()),
        "close": lambda: rooms.close(made.room, by=user, at=now()),
    }
    for name, act in acts.items():
        if who == "clerk" and name == "close":
            assert "Tập huấn" in refused("room_in_use", act)
        elif who == "clerk":
            act()
        else:
            with pytest.raises(Refused):
                act()


def test_a_room_with_bookings_is_not_closed_and_past_ones_stay():
    made = house()
    bookings.book(made.room, **made.booking())
    refused("room_in_use", lambda: rooms.close(made.room, by=made.clerk, at=now()))
    rooms.close(made.room, by=made.clerk, at=at(12))
    assert Booking.objects.filter(room=made.room).exists()
    refused("room_closed", lambda: bookings.book(made.room, **made.booking(20, 21)))
    assert not bookable_rooms(made.clerk).exists()
    rooms.reopen(made.room, by=made.clerk, at=at(12))
    assert bookable_rooms(made.clerk).exists()


def test_free_rooms_the_best_fitting_first():
    made = house(capacity=30, equipment=("projector", "microphones"))
    for name, capacity, equipment in (("Nhỏ", 12, ("projector",)), ("Lớn", 200, ("projector", "microphones", "bảng"))):
        details = RoomDetails(name, capacity=capacity, equipment=equipment)
        rooms.add(made.province, details=details, plan_name="Chính", by=made.clerk, at=now())
    free = lambda *asked: [room.name for room in free_rooms(made.official, at(8), at(10), *asked)]  # noqa: E731
    assert free() == ["Nhỏ", "Phòng họp số 1", "Lớn"]
    assert free(20) == ["Phòng họp số 1", "Lớn"]
    assert free(0, ["microphones"]) == ["Phòng họp số 1", "Lớn"]
    bookings.book(made.room, **made.booking(9, 9.25))
    assert free(20, ["microphones"]) == ["Lớn"]


@pytest.mark.parametrize(
    ("start", "end", "code"),
    [(9, 9, "booking_times_wrong"), (9, 8, "booking_times_wrong"), (0, 900, "booking_too_long")],
)
def test_times_nobody_can_book(start, end, code):
    made = house()
    refused(code, lambda: bookings.book(made.room, **made.booking(start, end)))


def test_two_people_edit_one_room():
    made = house()
    rooms.edit(made.room, details=RoomDetails("A"), revision=1, by=made.clerk, at=now())
    refused(
        "room_changed", lambda: rooms.edit(made.room, details=RoomDetails("B"), revision=1, by=made.clerk, at=now())
    )


@pytest.mark.django_db(transaction=True)
def test_two_clerks_at_the_same_moment():
    made = house()
    works = [
        lambda number=number: bookings.book(made.room, **made.booking(8 + number / 4, 10, subject=f"race:{number}"))
        for number in range(4)
    ]
    wrong = at_once(*works)
    assert sorted(getattr(error, "code", repr(error)) for error in wrong if error) == ["room_taken"] * 3
    assert Booking.objects.count() == 1
    assert connection.vendor in ("sqlite", "postgresql")


@pytest.mark.parametrize("year", [1, 1999, 2101, 9999])
def test_years_nobody_books_in_are_refused_with_a_reason(year):
    made = house()
    begins, ends = datetime(year, 1, 1, tzinfo=ZONE), datetime(year, 1, 1, 12, tzinfo=ZONE)
    times = {"starts_at": begins, "ends_at": ends}
    refused("booking_day_wrong", lambda: bookings.book(made.room, **{**made.booking(), **times}))
    refused("booking_day_wrong", lambda: bookings.block(made.room, title="A", by=made.clerk, at=now(), **times))
    bookings.book(made.room, **made.booking())
    moving = {"subject": "test:8", "title": "A", "by": made.clerk, "at": now(), **times}
    assert "2000" in refused("booking_day_wrong", lambda: bookings.move(made.room, **moving))


def gone_while_waiting(monkeypatch, row):
    """Remove a row at the moment its room is held, as somebody does who was first."""
    held = bookings._held

    def first_gone(keys):
        row.delete()
        return held(keys)

    monkeypatch.setattr(bookings, "_held", first_gone)


def test_a_booking_given_back_meanwhile_is_not_moved(monkeypatch):
    made = house()
    booking = bookings.book(made.room, **made.booking())
    gone_while_waiting(monkeypatch, Booking.objects.filter(pk=booking.pk))
    times = {"starts_at": at(9), "ends_at": at(11)}
    with pytest.raises(Unseen):
        bookings.move(made.room, subject="test:8", title="A", by=made.clerk, at=now(), **times)


def test_a_booking_is_given_back_once(monkeypatch):
    made = house()
    booking = bookings.book(made.room, **made.booking())
    gone_while_waiting(monkeypatch, Booking.objects.filter(pk=booking.pk))
    before = AuditEntry.objects.count()
    bookings.release(subject="test:8", by=made.clerk, at=now())
    assert AuditEntry.objects.count() == before


@pytest.mark.django_db(transaction=True)
def test_moving_and_giving_back_at_the_same_moment():
    made = house()
    bookings.book(made.room, **made.booking())
    moving = {"title": "A", "starts_at": at(9), "ends_at": at(11), "by": made.clerk, "at": now()}
    wrong = at_once(
        lambda: bookings.move(made.room, subject="test:8", **moving),
        lambda: bookings.release(subject="test:8", by=made.clerk, at=now()),
    )
    assert [error for error in wrong if error and not isinstance(error, Unseen)] == []
    assert not BookedQuarter.objects.exists()
