"""Who reads a document: rows of audience keys, set as a whole."""

from collections.abc import Iterable
from datetime import datetime

from documents import rules
from documents.access_streams import readers_changed
from documents.audiences import with_home
from documents.findable import keep_findable
from documents.models import Document, DocumentAudience
from ledger.door import action, nothing_changed
from ledger.record import record
from people.locks import locked
from people.models import User


@action
def set_audiences(document: Document, keys: Iterable[str], *, by: User, at: datetime) -> None:
    """Let exactly these audiences read the document, and those who always may."""
    document = locked(document)
    rules.may_change_document(by, document).require()
    rules.is_of_agency(document).require()
    wanted = set(with_home(keys, document.agency_id, document.created_by_id))
    had = set(document.audiences.values_list("key", flat=True))
    if wanted == had:
        nothing_changed()
        return
    document.audiences.filter(key__in=had - wanted).delete()
    DocumentAudience.objects.bulk_create(DocumentAudience(document=document, key=key) for key in wanted - had)
    keep_findable(document)
    if had - wanted:
        readers_changed(document.pk, by=by, at=at)
    data = {"added": sorted(wanted - had), "removed": sorted(had - wanted)}
    record(document, "set_audiences", by=by, at=at, agency_id=document.agency_id, data=data)
