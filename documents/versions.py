"""Adding a version to a document, inside an action: rows for stored bytes, and the job that makes its pictures."""

from datetime import datetime

from documents.blob_rows import blob_row, stored_file
from documents.jobs import prepare_version
from documents.models import Document, Version
from documents.received import Received
from people.locks import locked
from people.models import User


def new_version(document: Document, received: Received, *, by: User, at: datetime) -> Version:
    """Insert the next version of the document; its previews and its text follow after the commit."""
    last = locked(document).versions.order_by("-number").values_list("number", flat=True).first() or 0
    version = Version.objects.create(
        document=document,
        number=last + 1,
        file_name=received.file_name,
        original=blob_row(received.original, at),
        rendition=blob_row(received.rendition, at),
        pages=len(received.page_sizes),
        page_sizes=[list(size) for size in received.page_sizes],
        notes=[list(note) for note in received.notes],
        created_by=by,
        created_at=at,
    )
    prepare_version.enqueue(version.pk)
    return version


def copied_version(document: Document, source: Version, *, by: User, at: datetime) -> Version:
    """Insert the source's bytes as the next version of another document: nothing is stored twice."""
    received = Received(
        file_name=source.file_name,
        original=stored_file(source.original),
        rendition=stored_file(source.rendition),
        page_sizes=tuple((width, height) for width, height in source.page_sizes),
        notes=tuple((code, detail) for code, detail in source.notes),
    )
    return new_version(document, received, by=by, at=at)
