"""A book with notes of others: what is in it is known note by note, and ends when it is changed or taken back."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.models import Annotation
from meetings.basis import is_stale
from meetings.book import making
from meetings.models import RecordExport
from tests.annotations.factories import codes, do, meeting_circle, noted, op
from tests.annotations.reading_back import from_pdf
from tests.meetings.factories import bring, world
from tests.meetings.test_book import book, laid

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def there():
    made = world("draft", with_papers=False)
    made.papers.append(laid(made, 0, "Tờ trình"))
    bring(made, "published")
    return made


@pytest.fixture
def document(there):
    return there.papers[0].document


def bound(there, notes="all") -> RecordExport:
    book(there, there.user("member"), notes)
    return newest()


def newest() -> RecordExport:
    return RecordExport.objects.order_by("-pk")[0]


def test_a_note_shared_while_the_book_is_bound_is_in_it_and_known(there, document, monkeypatch):
    other, bind = there.members[1], making.bind
    shared: list[Annotation] = []

    def bind_slowly(*given):
        bind(*given)
        shared.append(noted(document, other, to=meeting_circle(there)))

    monkeypatch.setattr(making, "bind", bind_slowly)
    made = book(there, there.user("member"), "all")
    assert set(from_pdf(made)) == {str(shared[0].public_id)}
    assert not is_stale(newest())
    do(document, other, op("share", str(shared[0].public_id), to=None))
    assert is_stale(newest())


def test_a_note_whose_words_were_replaced_ends_the_book(there, document):
    other = there.members[1]
    shared = noted(document, other, to=meeting_circle(there), body="mật khẩu là 1234")
    export = bound(there)
    assert not is_stale(export)
    assert codes(do(document, other, op("say", str(shared.public_id), body="đã xóa"))) == [""]
    assert is_stale(export)
    assert not is_stale(bound(there))


@pytest.mark.parametrize("notes", ["mine", "all"])
def test_an_answer_taken_back_ends_the_book_and_a_new_one_does_not(there, document, notes):
    one, other = there.members[:2]
    mine = noted(document, one, to=meeting_circle(there))
    first, second = str(uuid4()), str(uuid4())
    do(document, other, op("reply", str(mine.public_id), reply=first, body="Đồng ý"))
    export = bound(there, notes)
    do(document, other, op("reply", str(mine.public_id), reply=second, body="Thêm"))
    do(document, one, op("say", str(mine.public_id), body="của tôi"))
    assert not is_stale(export)
    do(document, other, op("erase_reply", str(mine.public_id), reply=first))
    assert is_stale(export)


def test_comparing_costs_the_same_for_many_papers(there):
    def cost() -> int:
        export = newest()
        with CaptureQueriesContext(connection) as queries:
            assert not is_stale(export)
        return len(queries)

    bound(there)
    one = cost()
    there.papers += [laid(there, 1, f"Báo cáo {number}") for number in range(2)]
    bound(there)
    assert cost() == one
