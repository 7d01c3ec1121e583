"""What exists for whom, and at what price: as many queries for three rows as for one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from documents.actions import exchange
from documents.models import Book
from documents.queries import (
    get_visible_document,
    get_visible_incoming,
    get_visible_outgoing,
    get_visible_version,
    register_rows,
    visible_documents,
    visible_incoming,
    visible_outgoing,
)
from ledger.verdict import Unseen
from people.models import User
from tests.documents.factories import AT, Office
from tests.people.factories import fresh, person

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
