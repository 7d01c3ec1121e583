"""Telling: who is told, once per key, what is queued, what is taken back."""

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection

from ledger.door import writing
from notices.actions import keeping
from notices.actions.telling import tell
from notices.jobs import daily, remind
from notices.kinds import group_of, sentence
from notices.models import Delivery, Notice, Preference
from notices.reminders import Reminder, _providers
from notices.rules import when
from people.actions import users
from tests.notices.factories import EVENING, ICS, MORNING, WORKDAY, called_back, told
from tests.people.factories import AgencyFactory, UserFactory, fresh, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency():
    return AgencyFactory()


@pytest.fixture
def reader(agency):
    return person(agency, email="a@tinh-mau.gov.vn")


def states(notice: Notice) -> list[tuple[str, str, str]]:
    return list(notice.deliveries.order_by("channel").values_list("channel", "state", "reason"))


def test_nobody_is_told_outside_the_door(reader) -> None:
    with pytest.raises(RuntimeError):
        tell([reader], "trial.invited", {}, url="", agency_id=1, at=WORKDAY)


def test_closed_accounts_and_the_system_are_not_told_and_nobody_twice(agency, reader) -> None:
    gone, system = person(agency, is_active=False), person(agency, is_system=True)
    assert [notice.user for notice in told([reader, gone, system, reader])] == [reader]


def test_a_key_tells_each_person_once(agency, reader) -> None:
    other = person(agency)
    assert len(told([reader], key="duty:1:1d")) == 1
    again = told([reader, other], key="duty:1:1d")
    assert [notice.user for notice in again] == [other]
    assert again[0].pk
    with pytest.raises(IntegrityError):
        Notice.objects.create(user=reader, kind="x", key="duty:1:1d", agency=agency, created_at=WORKDAY)


def test_without_a_mail_server_nothing_is_queued(reader, settings) -> None:
    settings.EMAIL_URL = ""
    assert states(told([reader])[0]) == []


def test_mail_is_queued_for_those_who_have_an_address_and_want_it(agency, reader, settings) -> None:
    settings.EMAIL_URL = "smtp://127.0.0.1:1"
    silent, declining = person(agency), person(agency, email="b@tinh-mau.gov.vn")
    Preference.objects.create(user=declining, off=["mail:trial"])
    first, second, third = told([reader, silent, declining])
    assert states(first) == [("mail", "queued", "")]
    assert states(second) == []
    assert states(third) == []


def test_mail_waits_out_the_night_unless_it_is_urgent(reader, settings) -> None:
    settings.EMAIL_URL = "smtp://127.0.0.1:1"
    assert told([reader], at=EVENING)[0].deliveries.get().next_try_at == MORNING
    assert told([reader], "trial.cancelled", at=EVENING)[0].deliveries.get().next_try_at == EVENING


def test_what_is_taken_back_leaves_the_list_and_the_queue(agency, reader, settings) -> None:
    settings.EMAIL_URL = "smtp://127.0.0.1:1"
    other = person(agency, email="b@tinh-mau.gov.vn")
    mine, theirs = told([reader, other])
    kept = told([reader], "trial.cancelled")[0]
    assert called_back(kinds=["trial.invited"], users=[reader]) == 1
    assert called_back(kinds=["trial.invited"], users=[reader]) == 0
    assert states(mine) == [("mail", "skipped", "taken_back")]
    assert states(theirs) == states(kept) == [("mail", "queued", "")]


def test_a_calendar_file_must_be_one(reader) -> None:
    assert told([reader], ics=ICS)[0].ics == ICS
    with pytest.raises(ValueError, match="calendar"):
        told([reader], ics="<html>")


def test_what_an_older_version_told_is_still_shown() -> None:
    assert sentence("gone.kind", {})
    assert sentence("trial.invited", {})
    assert group_of("gone.kind") == "other"


def test_a_thousand_people_are_told_in_a_few_queries(agency, settings, django_assert_max_num_queries) -> None:
    settings.EMAIL_URL = "smtp://127.0.0.1:1"
    people = [UserFactory(email=f"n{number}@tinh-mau.gov.vn") for number in range(30)]
    with django_assert_max_num_queries(12):
        assert len(told(people, agency_id=agency.pk)) == 30
    assert Delivery.objects.count() == 30


def test_reminders_are_told_once_each_though_one_of_them_is_broken(agency, reader, settings) -> None:
    settings.EMAIL_URL = "smtp://127.0.0.1:1"

    def provider(at):
        yield Reminder(reader, "trial.unknown", {}, "/x", agency.pk, "broken:1")
        yield Reminder(reader, "trial.invited", {"title": "A"}, "/x", agency.pk, "duty:7:1d", about="trial:7")

    _providers.append(provider)
    try:
        assert remind(at=WORKDAY) == 1
        assert remind(at=WORKDAY + timedelta(minutes=5)) == 0
    finally:
        _providers.remove(provider)
    assert Notice.objects.get().about == "trial:7"


def test_read_notices_go_after_half_a_year_unread_ones_stay(reader) -> None:
    old = WORKDAY - timedelta(days=181)
    read, unread, fresh_one = (told([reader], at=at)[0] for at in (old, old, WORKDAY))
    Notice.objects.filter(pk=read.pk).update(read_at=old)
    daily(at=WORKDAY)
    assert set(Notice.objects.all()) == {unread, fresh_one}
    with writing():
        assert keeping.let_go(at=WORKDAY + timedelta(days=800)) == 2


def test_who_leaves_is_told_nothing_more(reader, agency, settings) -> None:
    settings.EMAIL_URL = "smtp://127.0.0.1:1"
    notice = told([reader])[0]
    users.deactivate(reader, reason="nghỉ", by=person(agency, "admin"), at=WORKDAY)
    assert told([fresh(reader), person(agency)])[0].user != reader
    assert notice.deliveries.get().state == "queued"  # the carrier looks again: see test_outbox


def test_a_kind_asks_its_group_and_the_clock(reader) -> None:
    from notices.choices import DEFAULT, Choices

    notice = told([reader])[0]
    assert when(notice, "mail", Choices(frozenset({"mail:trial"})), WORKDAY).skip == "not_wanted"
    assert when(notice, "push", Choices(frozenset({"mail:trial"})), WORKDAY).skip == ""
    assert when(notice, "mail", DEFAULT, EVENING).at == MORNING


@pytest.mark.django_db(transaction=True)
def test_two_processes_tell_a_reminder_once() -> None:
    agency = AgencyFactory()
    reader = person(agency)
    start, numbers = threading.Barrier(4), []

    def tick() -> None:
        start.wait()
        try:
            numbers.append(len(told([reader], key="duty:7:1d", agency_id=agency.pk)))
        finally:
            connection.close()

    threads = [threading.Thread(target=tick) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(numbers) == [0, 0, 0, 1]
    assert Notice.objects.count() == 1
