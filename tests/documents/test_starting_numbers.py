"""Numbers given on paper before the system began: set once, gaps explained, never against what the system gave."""

from threading import Barrier, Thread

import pytest
from django.db import OperationalError, connection

from documents.actions import register, starts
from documents.models import Book, BookNumber, PaperRange
from ledger.days import legal_day
from ledger.models import AuditEntry
from ledger.verdict import Refused
from tests.documents.factories import AT, Office
from tests.documents.homes import address
from tests.documents.test_pages import browser, get

pytestmark = pytest.mark.django_db
DAY = legal_day(AT)


@pytest.fixture
def office() -> Office:
    return Office()


def start(office: Office, last: int, seen: int = 0, **more) -> Book:
    values = {"direction": "outgoing", "last": last, "revised_from": seen, "by": office.clerk, "at": AT}
    return starts.set_start(office.agency, **(values | more))


def given(office: Office) -> int:
    return office.numbered().number.number


@pytest.mark.parametrize(
    ("who", "may"),
    [("admin", True), ("clerk", True), ("leader", False), ("official", False), ("receiving_clerk", False)],
)
def test_who_sets_a_start(office, who, may):
    user = getattr(office, who)
    if may:
        assert start(office, 5, by=user).last == 5
        return
    with pytest.raises(Refused, match="not_yours"):
        start(office, 5, by=user)
    data = {"agency": str(office.agency.public_id), "direction": "outgoing", "revised_from": "0", "last": "5"}
    assert browser(user).post(address("starts"), data).status_code == 404
    assert not PaperRange.objects.exists()


def test_the_system_goes_on_where_paper_stopped_and_the_register_says_so(office):
    start(office, 300)
    start(office, 356, seen=300)
    assert given(office) == 357
    assert list(PaperRange.objects.values_list("first", "last")) == [(1, 356)]
    page = get(office.clerk, "register", office.agency.public_id, "outgoing", DAY.year).content.decode()
    assert "Số 01–356 cấp trên sổ giấy" in page
    entries = AuditEntry.objects.filter(verb="set_start").order_by("pk")
    assert [(entry.data["before"], entry.data["last"]) for entry in entries] == [(0, 300), (300, 356)]


def test_after_the_first_number_it_only_goes_up_with_a_reason(office):
    assert given(office) == 1
    for last, reason, code in ((0, "", "start_below"), (9, "", "reason_too_short"), (9, "ngắn", "reason_too_short")):
        with pytest.raises(Refused, match=code):
            start(office, last, seen=1, reason=reason)
    start(office, 9, seen=1, reason="Mất điện ngày 20/11, cấp số trên sổ giấy")
    assert list(PaperRange.objects.values_list("first", "last")) == [(2, 9)]
    assert given(office) == 10


def test_what_was_read_before_a_number_was_given_is_refused(office):
    given(office)
    with pytest.raises(Refused, match="start_moved"):
        start(office, 50, seen=0)


@pytest.mark.parametrize("last", [-1, 100_000])
def test_a_number_out_of_reach_is_refused(office, last):
    with pytest.raises(Refused, match="start_number"):
        start(office, last)


def test_a_start_is_taken_back_while_nothing_was_given(office):
    start(office, 20)
    start(office, 0, seen=20)
    assert not PaperRange.objects.exists()
    assert given(office) == 1


@pytest.mark.parametrize("last", ["", "abc", "-1", "9" * 30, "1\x00"])
def test_bad_numbers_get_a_sentence(office, last):
    data = {"agency": str(office.agency.public_id), "direction": "outgoing", "revised_from": "0", "last": last}
    answer = browser(office.clerk).post(address("starts"), data)
    assert answer.status_code in (400, 422)
    assert not PaperRange.objects.exists()


def test_the_page_sets_the_start(office):
    client = browser(office.clerk)
    data = {"agency": str(office.agency.public_id), "direction": "incoming", "revised_from": "0", "last": "41"}
    assert client.post(address("starts"), data).status_code == 302
    assert Book.objects.get(direction="incoming").last == 41
    assert "01–41" in client.get(address("starts")).content.decode()
    data["agency"] = str(office.recipient.public_id)
    assert client.post(address("starts"), data).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_a_start_and_the_first_number_at_the_same_moment(office):
    row = office.signed()
    together, outcome = Barrier(2), []

    def do(work) -> None:
        try:
            together.wait()
            outcome.append(work())
        except (Refused, OperationalError) as refused:
            outcome.append(str(refused))
        finally:
            connection.close()

    works = [lambda: start(office, 30).last, lambda: register.allocate(row, by=office.clerk, at=AT).number.number]
    threads = [Thread(target=do, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    book, numbers = Book.objects.get(direction="outgoing"), list(BookNumber.objects.values_list("number", flat=True))
    ranges = list(PaperRange.objects.values_list("first", "last"))
    assert (book.last, numbers, ranges) in [(31, [31], [(1, 30)]), (1, [1], []), (30, [], [(1, 30)])], outcome
