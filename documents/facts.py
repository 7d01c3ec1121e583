"""Facts of documents, computed from the attributes frozen in their transitions."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from documents.models import IncomingDocument, OutgoingDocument
from documents.signatures import AGENCY, GOOD, PERSON
from ledger.days import legal_day
from ledger.facts import FactDraft, fact_rule
from ledger.models import Transition


def issue_attributes(outgoing: OutgoingDocument, *, recipients: int) -> dict[str, Any]:
    """Return what counts of an issued document, as it is at that moment."""
    assert outgoing.version is not None
    signatures = list(outgoing.version.signatures.values_list("kind", "verdict"))
    kinds = {kind for kind, _ in signatures}
    return {
        "electronic": True,
        "person_signed": PERSON in kinds,
        "agency_sealed": AGENCY in kinds,
        "signatures_valid": all(verdict in GOOD for _, verdict in signatures),
        "type": outgoing.type.code,
        "symbol": outgoing.symbol,
        "signer_post": outgoing.signer_post_id,
        "recipients": recipients,
    }


def receipt_attributes(incoming: IncomingDocument, *, at: datetime) -> dict[str, Any]:
    """Return what counts of a received document; receipt is confirmed on the day of arrival (Art. 21)."""
    return {
        "electronic": True,
        "symbol": incoming.symbol,
        "same_day": legal_day(at) == legal_day(incoming.arrived_at),
        "internal": incoming.delivery_id is not None,
    }


@fact_rule("documents.outgoingdocument", "issued")
def issued(transition: Transition) -> Iterator[FactDraft]:
    """A document was issued."""
    yield FactDraft("document.issued", attributes=transition.attributes)


@fact_rule("documents.incomingdocument", "received")
def received(transition: Transition) -> Iterator[FactDraft]:
    """A document was received and numbered."""
    yield FactDraft("document.received", attributes=transition.attributes)
