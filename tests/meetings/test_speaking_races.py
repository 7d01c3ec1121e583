"""Two tablets at one queue at the same moment: on PostgreSQL they wait for each other, and the floor is held once."""

import pytest
from django.db import connection

from ledger.verdict import Refused
from meetings.actions import presence, speaking
from meetings.actions.speaking import Wish
from meetings.models import Speech, Turn
from tests.meetings.factories import check_in, now, world
from tests.meetings.test_after_races import refusals
from tests.people.test_races import at_once

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]


def waiting(count=2):
    made = world("open", kind="hdnd_session", members=4)
    check_in(made, made.guest, *made.everyone())
    item = made.items[0]
    return made, [speaking.ask(item, wish=Wish(), by=user, at=now()) for user in made.members[:count]]


def test_two_conductors_call_the_same_speaker_once():
    made, (first, _) = waiting()
    calls = [lambda user=user: speaking.call(first, by=user, at=now()) for user in (made.chair, made.secretary)]
    assert refusals(*calls) == []
    assert Speech.objects.filter(state="called").count() == 1


def test_two_conductors_call_different_speakers():
    made, asked = waiting()
    pairs = zip(asked, (made.chair, made.secretary), strict=True)
    calls = [lambda speech=speech, user=user: speaking.call(speech, by=user, at=now()) for speech, user in pairs]
    assert refusals(*calls) == ["another_called"]
    assert Speech.objects.filter(state="called").count() == 1


def test_withdrawing_against_a_call():
    made, (first, _) = waiting()
    back = lambda: speaking.take_back(first, by=made.members[0], at=now())  # noqa: E731
    call = lambda: speaking.call(first, by=made.chair, at=now())  # noqa: E731
    assert refusals(back, call) in ([], ["wrong_state"])
    assert Speech.objects.get(pk=first.pk).state == "withdrawn"


def test_two_starts_leave_one_speaker():
    made, asked = waiting(3)
    pairs = zip(asked, (made.chair, made.secretary, made.chair), strict=True)
    starts = [lambda speech=speech, user=user: speaking.start(speech, by=user, at=now()) for speech, user in pairs]
    assert refusals(*starts) == []
    assert Speech.objects.filter(state="speaking").count() == 1
    assert Turn.objects.filter(running_since__isnull=False).count() == 1
    assert Speech.objects.filter(state="done").count() == 2


def test_two_ends_count_once():
    made, (first, _) = waiting()
    speaking.start(first, by=made.chair, at=now())
    ends = [lambda user=user: speaking.finish(first, by=user, at=now()) for user in (made.chair, made.secretary)]
    assert refusals(*ends) == []
    assert Turn.objects.get().ended_at is not None


def test_asking_twice_at_once_stands_once():
    made, _ = waiting(1)
    ask = lambda: speaking.ask(made.items[1], wish=Wish(), by=made.members[1], at=now())  # noqa: E731
    assert refusals(ask, ask) == ["asked_already"]


def test_leaving_against_a_call():
    made, (first, _) = waiting()
    leave = lambda: presence.leave(made.place(made.members[0]), by=made.members[0], at=now())  # noqa: E731
    call = lambda: speaking.call(first, by=made.chair, at=now())  # noqa: E731
    found = at_once(leave, call)
    assert all(isinstance(one, (Refused,)) or not isinstance(one, Exception) for one in found)
    assert Speech.objects.get(pk=first.pk).state == "withdrawn"
