"""Taking files in: the gate has looked at them and stored them, here they get their rows."""

from collections.abc import Iterable
from datetime import datetime

from documents import rules
from documents.actions.protection import protect
from documents.audiences import with_home
from documents.content import tidy
from documents.findable import keep_findable, make_findable
from documents.models import Document, DocumentAudience, Version
from documents.received import Received
from documents.versions import copied_version, new_version
from ledger.door import action, nothing_changed
from ledger.record import record
from people.locks import locked
from people.models import User

MAX_TITLE = 500


@action
def take_in(
    received: Received, *, agency_id: int, title: str, audiences: Iterable[str] = (), by: User, at: datetime
) -> Document:
    """Make a document of one file; its agency's clerks and leaders and whoever brought it always read it."""
    rules.may_take_in(by, agency_id).require()
    title = tidy(title)[:MAX_TITLE] or received.file_name
    document = Document.objects.create(agency_id=agency_id, title=title, created_by=by, created_at=at)
    keys = with_home(audiences, agency_id, by.pk)
    DocumentAudience.objects.bulk_create(DocumentAudience(document=document, key=key) for key in keys)
    make_findable(document)
    version = new_version(document, received, by=by, at=at)
    data = {"title": title, "sha256": version.original.sha256, "pages": version.pages, "notes": version.notes}
    record(document, "take_in", by=by, at=at, agency_id=agency_id, data=data)
    return document


@action
def take_copy(
    source: Version, *, agency_id: int, title: str, audiences: Iterable[str] = (), by: User, at: datetime
) -> Document:
    """Make a document of one version of another: the other's older versions and its readers stay behind."""
    rules.may_take_in(by, agency_id).require()
    protection = source.document.protection  # a copy shows no more than what it was taken from
    document = Document.objects.create(
        agency_id=agency_id, title=tidy(title)[:MAX_TITLE], created_by=by, created_at=at, protection=protection
    )
    keys = with_home(audiences, agency_id, by.pk)
    DocumentAudience.objects.bulk_create(DocumentAudience(document=document, key=key) for key in keys)
    make_findable(document)
    version = copied_version(document, source, by=by, at=at)
    data = {"title": document.title, "from": _named(source), "pages": version.pages}
    record(document, "take_copy", by=by, at=at, agency_id=agency_id, data=data)
    return document


@action
def add_copy(document: Document, source: Version, *, by: User, at: datetime) -> Version:
    """Add one version of another document as the newest of this one."""
    rules.may_change_document(by, document).require()
    if rules.shows_less(source.document, document):  # a copy shows no more than what it was taken from
        document = protect(document, protection=source.document.protection, by=by, at=at)
    version = copied_version(document, source, by=by, at=at)
    data = {"version": version.number, "from": _named(source), "pages": version.pages}
    record(document, "add_copy", by=by, at=at, agency_id=document.agency_id, data=data)
    return version


@action
def rename(document: Document, *, title: str, by: User, at: datetime) -> Document:
    """Call the document something else, in the search too."""
    document = locked(document)
    rules.may_change_document(by, document).require()
    title = tidy(title)[:MAX_TITLE]
    if title in ("", document.title):
        nothing_changed()
        return document
    before, document.title = document.title, title
    document.save(update_fields=["title"])
    keep_findable(document)
    record(document, "rename", by=by, at=at, agency_id=document.agency_id, data={"title": title, "before": before})
    return document


def _named(source: Version) -> dict[str, object]:
    return {"document": str(source.document.public_id), "version": source.number}


@action
def add_version(document: Document, received: Received, *, by: User, at: datetime) -> Version:
    """Add a newer version; the older ones stay as they are."""
    rules.may_change_document(by, document).require()
    version = new_version(document, received, by=by, at=at)
    data = {"version": version.number, "sha256": version.original.sha256, "pages": version.pages}
    record(document, "add_version", by=by, at=at, agency_id=document.agency_id, data=data)
    return version
