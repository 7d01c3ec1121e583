"""What readers get of a document: everything, a watermark over it, or watermarked pictures and nothing else."""

from datetime import datetime

from documents import rules
from documents.findable import make_findable
from documents.jobs import read_again
from documents.models import Document
from ledger.door import action, nothing_changed
from ledger.record import record
from ledger.verdict import Refused
from people.locks import locked
from people.models import User

PICTURES = Document.Protection.PICTURES


@action
def protect(document: Document, *, protection: str, by: User, at: datetime) -> Document:
    """Say what readers get; with pictures alone the text leaves the search, and comes back with everything else."""
    document = locked(document)
    rules.may_protect(by, document).require()
    if protection not in Document.Protection.values:
        raise Refused("protection_unknown")
    before, document.protection = document.protection, protection
    if before == protection:
        nothing_changed()
        return document
    document.save(update_fields=["protection"])
    if protection == PICTURES:
        make_findable(document)
    elif before == PICTURES:
        read_again.enqueue(document.pk)
    data = {"protection": protection, "before": before}
    record(document, "protect", by=by, at=at, agency_id=document.agency_id, data=data)
    return document
