"""Mail over a real SMTP server: what it says, that it goes once, what happens when it fails."""

import threading
from datetime import timedelta
from email.message import EmailMessage

import pytest
from django.db import connection

from ledger.door import writing
from notices.actions import outbox
from notices.carrying import carry
from notices.models import Delivery, Notice
from notices.patience import MOST_ATTEMPTS
from notices.queries import is_failing
from tests.notices.factories import EVENING, ICS, MORNING, WORKDAY, called_back, told
from tests.people.factories import AgencyFactory, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(post_office):
    return person(AgencyFactory(), email="a@tinh-mau.gov.vn")


def at(moment):
    return lambda: moment


def part(mail: EmailMessage, kind: str) -> EmailMessage:
    return next(one for one in mail.walk() if one.get_content_type() == kind)


def state(notice: Notice) -> tuple[str, str]:
    delivery = notice.deliveries.get()
    return delivery.state, delivery.reason


def test_a_mail_is_a_sentence_and_a_link_in_the_readers_language(reader, post_office) -> None:
    notice = told([reader], values={"title": "Họp\nBcc: x@y.vn\n<b>giao ban</b>"})[0]
    assert carry(at(WORKDAY)) == {"sent": 1}
    mail = post_office.mails[0]
    assert mail["Subject"].strip() == "Mời họp: Họp Bcc: x@y.vn <b>giao ban</b>"
    assert (mail["To"], mail["Bcc"], mail["Auto-Submitted"]) == ("a@tinh-mau.gov.vn", None, "auto-generated")
    assert "nghi-su@tinh-mau.gov.vn" in mail["From"]
    assert mail["Message-ID"] == f"<{notice.public_id}@hop.tinh-mau.gov.vn>"
    link = f"https://hop.tinh-mau.gov.vn/notices/{notice.public_id}/"
    assert link in part(mail, "text/plain").get_content()
    html = part(mail, "text/html").get_content()
    assert link in html
    assert "&lt;b&gt;giao ban" in html
    assert state(notice) == ("sent", "")
    assert carry(at(WORKDAY + timedelta(hours=1))) == {}


def test_english_readers_get_english(post_office) -> None:
    told([person(AgencyFactory(), email="e@x.vn", language="en")])
    carry(at(WORKDAY))
    assert "Open it" in part(post_office.mails[0], "text/plain").get_content()


def test_a_calendar_file_says_what_it_asks(reader, post_office) -> None:
    told([reader], ics=ICS)
    told([reader], "trial.cancelled", ics=ICS.replace("REQUEST", "CANCEL"))
    carry(at(WORKDAY))
    files = [[one for one in mail.walk() if one.get_content_type() == "text/calendar"] for mail in post_office.mails]
    kinds = [[(one.get_param("method"), one.get_filename()) for one in held] for held in files]
    assert kinds == [[("REQUEST", None), ("REQUEST", "lich.ics")], [("CANCEL", None), ("CANCEL", "lich.ics")]]
    assert "UID:1@x" in part(post_office.mails[0], "text/calendar").get_content()


def test_quiet_hours_are_waited_out_and_what_was_read_meanwhile_stays_here(reader, post_office) -> None:
    read, unread = told([reader], at=EVENING)[0], told([reader], at=EVENING)[0]
    urgent = told([reader], "trial.cancelled", at=EVENING)[0]
    assert carry(at(EVENING)) == {"sent": 1}
    assert state(urgent)[0] == "sent"
    Notice.objects.filter(pk=read.pk).update(read_at=MORNING)
    assert carry(at(MORNING)) == {"sent": 1}
    assert state(read) == ("skipped", "read")
    assert state(unread)[0] == "sent"


def test_an_invitation_goes_to_the_calendar_though_it_was_read(reader, post_office) -> None:
    notice = told([reader], ics=ICS)[0]
    Notice.objects.filter(pk=notice.pk).update(read_at=WORKDAY)
    assert carry(at(WORKDAY)) == {"sent": 1}


def test_taken_back_and_closed_accounts_get_nothing(reader, post_office) -> None:
    notice, later = told([reader])[0], told([reader], about="trial:2")[0]
    called_back()
    reader.is_active = False
    reader.save()
    assert carry(at(WORKDAY)) == {}
    assert (state(notice), state(later)) == (("skipped", "taken_back"), ("skipped", "closed"))
    assert not post_office.mails


def test_an_unknown_mailbox_is_given_up_at_once_and_holds_up_nobody(reader, post_office) -> None:
    gone = person(AgencyFactory(), email="gone@x.vn")
    post_office.unknown.add("gone@x.vn")
    first, second = told([gone])[0], told([reader])[0]
    assert carry(at(WORKDAY)) == {"failed": 1, "sent": 1}
    assert state(first)[0] == "failed"
    assert "no such mailbox" in state(first)[1]
    assert state(second)[0] == "sent"


def test_a_server_that_is_busy_or_away_is_tried_again_with_patience(reader, post_office) -> None:
    notice = told([reader])[0]
    post_office.answers = ["451 try later"]
    assert carry(at(WORKDAY)) == {"queued": 1}
    delivery = notice.deliveries.get()
    assert (delivery.state, delivery.attempts, delivery.next_try_at) == ("queued", 1, WORKDAY + timedelta(minutes=1))
    assert "451" in delivery.reason
    assert is_failing("mail")
    post_office.close()
    moment = WORKDAY + timedelta(minutes=1)
    assert carry(at(moment)) == {"queued": 1}
    post_office.open()
    assert carry(at(moment + timedelta(minutes=4))) == {}
    assert carry(at(moment + timedelta(minutes=5))) == {"sent": 1}
    assert not is_failing("mail")


def test_after_a_day_it_is_given_up(reader, post_office, settings) -> None:
    settings.EMAIL_PORT = 1
    notice, moment = told([reader], "trial.cancelled")[0], WORKDAY
    for _ in range(MOST_ATTEMPTS):
        carry(at(moment))
        moment = notice.deliveries.get().next_try_at
    assert state(notice)[0] == "failed"
    assert notice.deliveries.get().attempts == MOST_ATTEMPTS
    assert WORKDAY + timedelta(hours=20) < moment < WORKDAY + timedelta(hours=26)


def test_what_a_killed_worker_had_in_hand_is_taken_again_after_the_lease(reader, post_office) -> None:
    notice = told([reader])[0]
    with writing():
        held = outbox.take(at=WORKDAY)
    assert [one.notice for one in held] == [notice]
    assert carry(at(WORKDAY + timedelta(minutes=14))) == {}
    assert carry(at(WORKDAY + timedelta(minutes=15))) == {"sent": 1}
    with writing():  # the first worker comes back: its hand is empty
        assert not outbox.settle(held[0], state=Delivery.State.FAILED, at=WORKDAY)
    assert state(notice)[0] == "sent"


def test_a_switch_turned_off_while_it_waits_is_heard(reader, post_office) -> None:
    from notices.models import Preference

    notice = told([reader], at=EVENING)[0]
    Preference.objects.create(user=reader, off=["mail:trial"])
    assert carry(at(MORNING)) == {}
    assert state(notice) == ("skipped", "not_wanted")


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_nothing_twice(post_office) -> None:
    agency = AgencyFactory()
    people = [person(agency, email=f"n{number}@x.vn") for number in range(60)]
    told(people, agency_id=agency.pk)
    start, counts = threading.Barrier(3), []

    def work() -> None:
        start.wait()
        try:
            counts.append(carry(at(WORKDAY))["sent"])
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(counts) == 60
    assert sorted(post_office.receivers) == sorted(one.email for one in people)
