"""The way into the store: whatever is refused never reaches it. Slow, so always before a transaction."""

import hashlib
import tempfile
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from documents.blobs.store import blob_store
from documents.ingest.gate import inspected
from documents.ingest.inspection import Inspection
from documents.received import PDF, Received, StoredFile
from ledger.verdict import Refused


def receive(upload: "UploadedFile[Any]") -> Received:
    """Inspect, normalise and store an upload, or raise `Refused` with what is wrong with it."""
    return receive_chunks(upload.chunks(), file_name=upload.name or "")


def receive_chunks(chunks: Iterable[bytes], *, file_name: str) -> Received:
    """Inspect, normalise and store bytes that came from outside."""
    with inspected(chunks, file_name=file_name) as found:
        if found.problem is not None:
            raise Refused(found.problem.value, **found.details)
        return _stored(found)


def keep(pdf: bytes, *, file_name: str) -> Received:
    """Store a PDF this server made itself, byte for byte: typeset, prepared or signed."""
    from pypdf import PdfReader  # large: in memory only where it is needed

    sizes = tuple((float(page.mediabox.width), float(page.mediabox.height)) for page in PdfReader(BytesIO(pdf)).pages)
    file = keep_bytes(pdf, media_type=PDF)
    return Received(file_name=file_name, original=file, rendition=file, page_sizes=sizes)


def keep_bytes(data: bytes, *, media_type: str) -> StoredFile:
    """Store bytes of our own."""
    digest = hashlib.sha256(data).hexdigest()
    with tempfile.NamedTemporaryFile(prefix="nghisu-keep-") as file:
        file.write(data)
        file.flush()
        blob_store().put(Path(file.name), digest, len(data))
    return StoredFile(digest, len(data), media_type)


def _stored(found: Inspection) -> Received:
    assert found.rendition is not None
    store = blob_store()
    store.put(found.original, found.sha256, found.size)
    if found.rendition_sha256 != found.sha256:
        store.put(found.rendition, found.rendition_sha256, found.rendition_size)
    return Received(
        file_name=found.file_name,
        original=StoredFile(found.sha256, found.size, found.media_type),
        rendition=StoredFile(found.rendition_sha256, found.rendition_size, PDF),
        page_sizes=found.page_sizes,
        notes=tuple((note.code.value, note.detail) for note in found.notes),
    )
