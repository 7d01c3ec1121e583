"""The database side of stored bytes."""

from datetime import datetime

from documents.models import Blob
from documents.received import StoredFile
from ledger.verdict import Refused


def blob_row(stored: StoredFile, at: datetime) -> Blob:
    """Return the row of these bytes; purged bytes do not come back by being sent again."""
    blob, _ = Blob.objects.get_or_create(
        sha256=stored.sha256, defaults={"size": stored.size, "media_type": stored.media_type, "created_at": at}
    )
    if blob.purged_at is not None:
        raise Refused("purged")
    return blob


def stored_file(blob: Blob) -> StoredFile:
    """Return the stored bytes of a row."""
    return StoredFile(blob.sha256, blob.size, blob.media_type)
