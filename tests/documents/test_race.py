"""What happens at the same moment: no number twice, none missing, and nothing found that was withdrawn."""

import threading
from collections.abc import Sequence

import pytest
from django.db import connection

from documents.actions import access, intake, register
from documents.actions.preparation import mark_ready
from documents.intake_gate import keep
from documents.models import Book, BookNumber, Document, OutgoingDocument
from ledger.door import retrying
from ledger.verdict import Refused
from people.models import User
from people.queries import audiences_of, system_user
from search.fold import PageWords, page_words
from search.queries import find
from tests.documents.factories import AT, Office, paper
from tests.people.factories import fresh

ROUNDS, CLERKS = 6, 4


def at_once(works) -> list[BaseException]:
    """Run every piece of work in a thread of its own, all starting together; return what went wrong."""
    start, wrong = threading.Barrier(len(works)), []

    def run(work) -> None:
        start.wait()
        try:
            work()
        except BaseException as error:
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return wrong


@pytest.mark.django_db(transaction=True)
def test_numbers_given_at_once_have_no_gap_and_no_double():
    office = Office()
    rows = [office.signed() for _ in range(ROUNDS * CLERKS)]

    def clerk(mine: list[OutgoingDocument]):
        def work() -> None:
            for row in mine:
                retrying(lambda row=row: register.allocate(row, by=fresh(office.clerk), at=AT))

        return work

    wrong = at_once([clerk(rows[place::CLERKS]) for place in range(CLERKS)])
    assert wrong == []
    book = Book.objects.get(direction="outgoing")
    given = sorted(BookNumber.objects.filter(book=book).values_list("number", flat=True))
    assert given == list(range(1, len(rows) + 1))
    assert book.last == len(rows)
    symbols = set(OutgoingDocument.objects.values_list("symbol", flat=True))
    assert len(symbols) == len(rows)


@pytest.mark.django_db(transaction=True)
def test_one_document_numbered_twice_at_once_gets_one_number():
    office = Office()
    row = office.signed()
    work = [lambda: register.allocate(row, by=fresh(office.clerk), at=AT)] * 3
    wrong = at_once(work)
    assert len(wrong) == 2
    assert all(isinstance(error, Refused) and error.code == "wrong_state" for error in wrong)
    assert BookNumber.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_paper_withdrawn_while_its_text_is_put_in_is_found_by_nobody_else():
    office = Office()
    document = intake.take_in(
        keep(paper(), file_name="a.pdf"),
        agency_id=office.agency.pk,
        title="Tài liệu rút lại",
        audiences=["meeting:7"],
        by=office.clerk,
        at=AT,
    )
    version, clerk = document.versions.get(), fresh(office.clerk)
    withdrawing = threading.Thread(target=at_once, args=([lambda: withdraw(document, by=fresh(clerk))],))
    mark_ready(version, text=Interrupted(withdrawing), by=system_user(), at=AT)
    withdrawing.join()
    assert not document.audiences.filter(key="meeting:7").exists()
    assert not find(["meeting:7"], "rút lại")
    assert find(audiences_of(clerk), "rút lại")


class Interrupted(Sequence[PageWords]):
    """Pages of text, during whose reading something else happens, or waits for us."""

    def __init__(self, meanwhile: threading.Thread) -> None:
        self.meanwhile = meanwhile

    def __len__(self) -> int:
        return 1

    def __getitem__(self, place):
        if self.meanwhile.ident is None:
            self.meanwhile.start()
            self.meanwhile.join(1)
        return [page_words("nội dung")][place]


def withdraw(document: Document, *, by: User) -> None:
    """Leave the document to its home, tried again while the database is busy."""
    retrying(lambda: access.set_audiences(document, [], by=by, at=AT))
