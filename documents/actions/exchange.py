"""Issuing to other agencies of the tree, and what the receiving clerk does (NĐ 30/2020, Art. 18, 21 and 22)."""

from datetime import datetime

from documents import rules
from documents.audiences import home_keys
from documents.books import next_number
from documents.content import tidy
from documents.facts import issue_attributes, receipt_attributes
from documents.findable import keep_findable, make_findable
from documents.models import Book, Delivery, Document, DocumentAudience, IncomingDocument, OutgoingDocument
from documents.moving import move_incoming, move_outgoing
from documents.versions import copied_version
from ledger.days import legal_day
from ledger.door import action
from ledger.record import record
from people.locks import locked
from people.models import User


@action
def issue(outgoing: OutgoingDocument, *, by: User, at: datetime) -> OutgoingDocument:
    """Send the signed and sealed document to its recipients; after this nothing of it changes."""
    outgoing = locked(outgoing)
    rules.may(by, outgoing, "issue").require()
    rules.issuable(outgoing.version).require()
    deliveries = list(
        outgoing.deliveries.select_for_update(of=("self",)).select_related("agency").order_by("agency_id")
    )
    for delivery in deliveries:
        _deliver(delivery, outgoing, by=by, at=at)
    attributes = issue_attributes(outgoing, recipients=len(deliveries))
    data = {"symbol": outgoing.symbol, "to": [delivery.agency.code for delivery in deliveries]}
    move_outgoing(outgoing, "issue", by=by, at=at, data=data, attributes=attributes)
    return outgoing


@action
def receive(incoming: IncomingDocument, *, by: User, at: datetime) -> IncomingDocument:
    """Register the arrival under the next number of arrival and confirm receipt to the sender."""
    incoming = locked(incoming)
    rules.may_receive(by, incoming, "receive").require()
    incoming.number = next_number(
        incoming.agency_id, Book.Direction.INCOMING, document=incoming.document, day=legal_day(at), by=by, at=at
    )
    incoming.received_at = at
    _answer(incoming, "received", at=at)
    changed, data = ("number", "received_at"), {"number": incoming.number.number, "symbol": incoming.symbol}
    attributes = receipt_attributes(incoming, at=at)
    move_incoming(incoming, "receive", by=by, at=at, changed=changed, data=data, attributes=attributes)
    keep_findable(incoming.document)  # by its number of arrival
    return incoming


@action
def refuse_receipt(incoming: IncomingDocument, *, reason: str, by: User, at: datetime) -> None:
    """Send the document back: wrong recipient, or not authentic or whole; the sender sees the reason (Art. 21)."""
    incoming = locked(incoming)
    rules.may_receive(by, incoming, "refuse_receipt").require()
    rules.explained(reason).require()
    reason = tidy(reason)[:500]
    _answer(incoming, "refused", at=at, reason=reason)
    move_incoming(incoming, "refuse_receipt", by=by, at=at, data={"reason": reason, "symbol": incoming.symbol})


def _deliver(delivery: Delivery, outgoing: OutgoingDocument, *, by: User, at: datetime) -> None:
    """Lay the issued file into the recipient's agency: its own document over the same bytes."""
    assert outgoing.version is not None
    assert outgoing.issued_on is not None
    agency_id = delivery.agency_id
    document = Document.objects.create(agency_id=agency_id, title=outgoing.document.title, created_by=by, created_at=at)
    DocumentAudience.objects.bulk_create(DocumentAudience(document=document, key=key) for key in home_keys(agency_id))
    copied_version(document, outgoing.version, by=by, at=at)
    incoming = IncomingDocument.objects.create(
        agency_id=agency_id,
        document=document,
        delivery=delivery,
        author=outgoing.agency.name,
        symbol=outgoing.symbol,
        issued_on=outgoing.issued_on,
        subject=outgoing.document.title,
        arrived_at=at,
    )
    make_findable(document)
    delivery.state, delivery.sent_at = "arrived", at
    delivery.save(update_fields=["state", "sent_at"])
    data = {"symbol": outgoing.symbol, "from": outgoing.agency.code}
    record(incoming, "arrive", by=by, at=at, agency_id=agency_id, data=data, moved=("", incoming.state))


def _answer(incoming: IncomingDocument, state: str, *, at: datetime, reason: str = "") -> None:
    """Tell the sender, through its own record of the delivery."""
    if incoming.delivery_id is None:
        return
    delivery = Delivery.objects.select_for_update(of=("self",)).get(pk=incoming.delivery_id)
    delivery.state, delivery.refuse_reason = state, reason
    delivery.received_at = at if state == "received" else None
    delivery.save(update_fields=["state", "refuse_reason", "received_at"])
