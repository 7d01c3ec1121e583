"""What exists for whom, and at what price: as many queries for three rows as for one."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from documents.actions import exchange
from documents.models import Book, DocumentType
from documents.queries import (
    get_visible_document,
    get_visible_incoming,
    get_visible_outgoing,
    get_visible_version,
    register_rows,
    types_in_force,
    visible_documents,
    visible_incoming,
    visible_outgoing,
)
from ledger.verdict import Unseen
from people.models import User
from people.queries import audiences_of, today
from search.queries import find
from tests.documents.factories import AT, Office
from tests.people.factories import PostFactory, fresh, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return Office()


def price(work) -> int:
    with CaptureQueriesContext(connection) as queries:
        work()
    return len(queries)


def shown_outgoing(user: User) -> None:
    for row in visible_outgoing(user):
        assert row.type.name, row.signer_post.user.full_name
        assert row.agency.name, row.document.title


def shown_incoming(user: User) -> None:
    for row in visible_incoming(user):
        assert row.agency.name, row.document.title
        assert row.number is None or row.number.book.year
        assert row.delivery.outgoing.version


def shown_documents(user: User) -> None:
    for row in visible_documents(user):
        assert row.agency.name, row.title


@pytest.mark.parametrize("shown", [shown_outgoing, shown_incoming, shown_documents])
def test_constant_price(office, shown):
    reader = office.receiving_clerk if shown is shown_incoming else office.clerk
    office.issued()
    one = price(lambda: shown(fresh(reader)))
    office.issued()
    office.issued()
    assert price(lambda: shown(fresh(reader))) == one


def test_constant_price_of_registers(office):
    def shown() -> None:
        for book in Book.objects.all():
            for row in register_rows(book):
                if book.direction == "outgoing":
                    assert [delivery.agency.name for delivery in row.outgoing.deliveries.all()]
                    assert row.outgoing.signer_post.user.full_name, row.outgoing.type.name
                else:
                    assert row.incoming.author

    exchange.receive(office.arrived(), by=office.receiving_clerk, at=AT)
    one = price(shown)
    for _ in range(2):
        office.issued()
    assert price(shown) == one


def test_strangers_find_nothing(office):
    arrival = office.arrived()
    row = arrival.delivery.outgoing
    for stranger in (
        person(office.recipient, "official"),
        User.objects.create(username="x", full_name="Không Chức Vụ"),
    ):
        for get, public_id in (
            (get_visible_document, row.document.public_id),
            (get_visible_outgoing, row.public_id),
            (get_visible_incoming, arrival.public_id),
        ):
            with pytest.raises(Unseen):
                get(stranger, public_id)
        with pytest.raises(Unseen):
            get_visible_version(stranger, row.document.public_id, 1)


def test_a_colleague_without_a_part_sees_no_drafts(office):
    row = office.draft()
    colleague = person(office.agency, "official")
    assert not visible_outgoing(colleague).exists()
    assert not visible_documents(colleague).exists()
    for reader in (office.official, office.clerk, office.leader):
        assert list(visible_outgoing(fresh(reader))) == [row]
        assert list(visible_documents(fresh(reader))) == [row.document]


def test_who_has_left_the_agency_reads_nothing_of_it_any_more(office):
    row = office.submitted()
    for reader in (office.official, office.leader):
        post = reader.posts.get()
        post.valid_to = today()
        post.save(update_fields=["valid_to"])
        PostFactory(user=reader, agency=office.recipient, role="official")
        former = fresh(reader)
        assert not visible_outgoing(former).exists()
        assert not visible_documents(former).exists()
        assert not find(audiences_of(former), "họp thường kỳ")
        with pytest.raises(Unseen):
            get_visible_version(former, row.document.public_id, 1)
    assert list(visible_documents(fresh(office.clerk))) == [row.document]
    assert find(audiences_of(fresh(office.clerk)), "họp thường kỳ")


def test_of_two_rows_of_one_type_the_newest_is_offered(office):
    old = DocumentType.objects.get(code="TB")
    newer = DocumentType.objects.create(
        code="TB", name="Thông báo", abbreviation="TBM", basis="thử", effective_from=today() - timedelta(days=1)
    )
    DocumentType.objects.create(
        code="TB", name="Thông báo", abbreviation="TBX", basis="thử", effective_from=today() + timedelta(days=9)
    )
    offered = [kind for kind in types_in_force() if kind.code == "TB"]
    assert offered == [newer]
    assert office.draft().type == newer
    newer.effective_to = today()
    newer.save(update_fields=["effective_to"])
    assert old in types_in_force()
