"""Registers: the number and date of an outgoing document, and numbers given up with a reason."""

from datetime import datetime

from documents import rules
from documents.books import next_number, symbol_of
from documents.content import tidy
from documents.findable import keep_findable
from documents.models import Book, OutgoingDocument
from documents.moving import move_outgoing
from ledger.days import legal_day
from ledger.door import action
from people.locks import locked
from people.models import User


@action
def allocate(outgoing: OutgoingDocument, *, by: User, at: datetime) -> OutgoingDocument:
    """Give number and date together, once the competent person has signed (NĐ 30/2020, Art. 15, 18)."""
    outgoing = locked(outgoing)
    rules.may(by, outgoing, "number").require()
    day = legal_day(at)
    given = next_number(outgoing.agency_id, Book.Direction.OUTGOING, document=outgoing.document, day=day, by=by, at=at)
    outgoing.number, outgoing.issued_on, outgoing.symbol = given, day, symbol_of(outgoing, given.number, day)
    data = {"symbol": outgoing.symbol, "day": day.isoformat(), "book": given.book_id}
    changed = ("number", "issued_on", "symbol")
    move_outgoing(outgoing, "number", by=by, at=at, changed=changed, data=data)
    keep_findable(outgoing.document)
    return outgoing


@action
def void(outgoing: OutgoingDocument, *, reason: str, by: User, at: datetime) -> None:
    """Give the number up before the seal: it stays in the register with the reason, the document goes back."""
    outgoing = locked(outgoing)
    rules.may(by, outgoing, "void").require()
    rules.explained(reason).require()
    number = outgoing.number
    assert number is not None
    number.void_reason = tidy(reason)[:300]
    number.save(update_fields=["void_reason"])
    data = {"symbol": outgoing.symbol, "reason": number.void_reason}
    outgoing.number, outgoing.issued_on, outgoing.symbol = None, None, ""
    outgoing.return_reason = number.void_reason
    changed = ("number", "issued_on", "symbol", "return_reason")
    move_outgoing(outgoing, "void", by=by, at=at, changed=changed, data=data)
    keep_findable(outgoing.document)
