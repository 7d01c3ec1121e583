"""Issue and receipt between two agencies of the tree."""

from datetime import UTC, datetime

import pytest

from documents import rules
from documents.actions import exchange
from documents.models import Delivery, IncomingDocument
from documents.queries import visible_documents, visible_incoming, visible_outgoing
from documents.workflow import INCOMING
from ledger.models import Fact
from ledger.verdict import Refused
from tests.documents.factories import AT, Office, now
from tests.people.factories import AgencyFactory, fresh, person

pytestmark = pytest.mark.django_db
REASON = "Gửi nhầm nơi nhận văn bản."


@pytest.fixture
def office() -> Office:
    return Office()


def test_each_recipient_gets_its_own_document_over_the_same_bytes(office):
    second = AgencyFactory()
    row = office.issued(recipients=[office.recipient, second, office.agency])
    arrivals = list(IncomingDocument.objects.order_by("agency_id"))
    assert [one.agency_id for one in arrivals] == [office.recipient.pk, second.pk]
    for one in arrivals:
        version = one.document.versions.get()
        assert version.rendition_id == now(row).version.rendition_id
        assert one.document.agency_id == one.agency_id
        assert (one.symbol, one.author) == ("01/TB-UBND", office.agency.name)
    assert set(Delivery.objects.values_list("state", flat=True)) == {"arrived"}


def test_agencies_stay_invisible_to_each_other(office):
    arrival = office.arrived()
    receiver = fresh(office.receiving_clerk)
    assert list(visible_incoming(receiver)) == [arrival]
    assert not visible_outgoing(receiver).exists()
    assert list(visible_documents(receiver)) == [arrival.document]
    assert not visible_incoming(fresh(office.clerk)).exists()
    assert arrival.document not in visible_documents(fresh(office.leader))


def test_receipt_takes_the_next_number_of_arrival_and_tells_the_sender(office):
    arrival = exchange.receive(office.arrived(), by=office.receiving_clerk, at=AT)
    assert arrival.number.number == 1
    assert arrival.number.book.direction == "incoming"
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.received_at) == ("received", AT)
    fact = Fact.objects.get(name="document.received")
    assert fact.attributes["same_day"] is True


def test_receipt_on_a_later_legal_day_counts_as_late(office):
    arrival = office.arrived()
    exchange.receive(arrival, by=office.receiving_clerk, at=datetime(2026, 11, 20, 17, 0, tzinfo=UTC))
    assert Fact.objects.get(name="document.received").attributes["same_day"] is False


def test_refusal_needs_a_reason_and_reaches_the_sender(office):
    arrival = office.arrived()
    with pytest.raises(Refused, match="reason_too_short"):
        exchange.refuse_receipt(arrival, reason="nhầm", by=office.receiving_clerk, at=AT)
    exchange.refuse_receipt(arrival, reason=REASON, by=office.receiving_clerk, at=AT)
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.refuse_reason) == ("refused", REASON)
    assert not Fact.objects.filter(name="document.received").exists()


@pytest.mark.parametrize("state", INCOMING.states())
def test_permission_matrix_of_arrivals(office, state):
    arrival = office.arrived()
    if state == "received":
        exchange.receive(arrival, by=office.receiving_clerk, at=AT)
    elif state == "refused":
        exchange.refuse_receipt(arrival, reason=REASON, by=office.receiving_clerk, at=AT)
    arrival.refresh_from_db()
    assert arrival.state == state
    people = [office.clerk, office.leader, person(office.recipient, "leader"), person(office.recipient, "admin")]
    for verb in ("receive", "refuse_receipt"):
        allowed = INCOMING.move(state, verb) is not None
        assert bool(rules.may_receive(fresh(office.receiving_clerk), arrival, verb)) == allowed
        for other in people:
            assert rules.may_receive(fresh(other), arrival, verb).code == "not_yours"
            with pytest.raises(Refused):
                exchange.receive(arrival, by=fresh(other), at=AT)


def test_without_valid_signatures_nothing_is_issued(office):
    row = office.sealed()
    row.version.signatures.filter(kind="agency").update(verdict="indeterminate")
    with pytest.raises(Refused, match="signatures_missing"):
        exchange.issue(row, by=office.clerk, at=AT)
    assert now(row).state == "sealed"
    assert not IncomingDocument.objects.exists()


def test_a_dissolved_recipient_is_named_when_drafting(office):
    gone = AgencyFactory(dissolved_on="2026-07-01")
    with pytest.raises(Refused, match="recipient_dissolved"):
        office.draft(recipients=[gone])
