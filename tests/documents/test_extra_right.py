"""Who is given the right to keep documents does and reads what clerks do and read, but the seal and signing."""

import pytest

from documents.queries import visible_books, visible_incoming, visible_outgoing
from documents.rights import KEEP
from documents.rules import may, may_receive
from people.actions import rights
from people.queries import audiences_of, current_posts
from tests.documents.factories import AT, Office
from tests.people.factories import fresh, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return Office()


def keeper(office: Office):
    """An official of the agency to whom the right has been given."""
    user = person(office.agency)
    rights.give(current_posts(user).get(), code=KEEP, by=office.admin, at=AT)
    return fresh(user)


def test_an_official_keeps_documents_only_with_the_right(office: Office) -> None:
    row, plain, keeping = office.signed(), person(office.agency), keeper(office)
    assert not visible_outgoing(plain).filter(pk=row.pk).exists()
    assert visible_outgoing(keeping).filter(pk=row.pk).exists()
    assert f"agency:{office.agency.pk}:clerk" in audiences_of(keeping)
    assert not may(plain, row, "number")
    assert may(keeping, row, "number")
    rights.take_back(current_posts(keeping).get(), code=KEEP, by=office.admin, at=AT)
    assert not visible_outgoing(fresh(keeping)).filter(pk=row.pk).exists()


def test_the_seal_and_signing_stay_with_the_posts(office: Office) -> None:
    row, keeping = office.numbered(), keeper(office)
    assert may(office.clerk, row, "seal")
    assert may(keeping, row, "seal").code == "not_yours"
    assert not may(keeping, office.approved(), "sign")
    assert may(keeping, office.sealed(), "issue")


def test_the_right_ends_at_the_edge_of_its_agency(office: Office) -> None:
    arrived, keeping = office.arrived(), keeper(office)
    assert not visible_incoming(keeping).filter(pk=arrived.pk).exists()
    assert not may_receive(keeping, arrived, "receive")
    assert visible_books(keeping).exists()
    assert {book.agency_id for book in visible_books(keeping)} == {office.agency.pk}
