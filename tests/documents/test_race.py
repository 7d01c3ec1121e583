"""Clerks who give numbers at the same moment: no number twice, none missing."""

import threading

import pytest
from django.db import connection

from documents.actions import register
from documents.models import Book, BookNumber, OutgoingDocument
from ledger.door import retrying
from ledger.verdict import Refused
from tests.documents.factories import AT, Office
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
