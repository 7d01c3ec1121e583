"""The database side of stored bytes."""

from collections.abc import Sequence
from datetime import datetime

from documents.models import Blob
from documents.received import StoredFile
from ledger.verdict import Refused

BATCH = 500


def blob_row(stored: StoredFile, at: datetime) -> Blob:
    """Return the row of these bytes; purged bytes do not come back by being sent again."""
    blob, _ = Blob.objects.get_or_create(
        sha256=stored.sha256, defaults={"size": stored.size, "media_type": stored.media_type, "created_at": at}
    )
    if blob.purged_at is not None:
        raise Refused("purged")
    return blob


def blob_rows(files: Sequence[StoredFile], at: datetime) -> dict[str, Blob]:
    """Return the rows of many bytes by hash, in a few statements however many there are."""
    new = (Blob(sha256=one.sha256, size=one.size, media_type=one.media_type, created_at=at) for one in files)
    Blob.objects.bulk_create(new, batch_size=BATCH, ignore_conflicts=True)
    hashes = sorted({one.sha256 for one in files})
    batches = [hashes[start : start + BATCH] for start in range(0, len(hashes), BATCH)]
    rows = {row.sha256: row for batch in batches for row in Blob.objects.filter(sha256__in=batch)}
    if any(row.purged_at is not None for row in rows.values()):
        raise Refused("purged")
    return rows


def stored_file(blob: Blob) -> StoredFile:
    """Return the stored bytes of a row."""
    return StoredFile(blob.sha256, blob.size, blob.media_type)
