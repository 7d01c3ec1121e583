"""What tidies up behind the store, at intervals: orphans, and versions whose job got lost."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from documents.actions import trash
from documents.blobs.protocol import StoredBlob
from documents.blobs.store import blob_store
from documents.jobs import prepare_version
from documents.library import KEPT_IN_TRASH
from documents.models import Blob, Folder, LibraryItem, Preview, Version

ORPHAN_AGE = timedelta(hours=24)
LOST_AGE = timedelta(minutes=15)
BATCH = 500


def sweep_orphans(*, at: datetime) -> int:
    """Delete stored bytes no row knows, a day after they came: an upload whose transaction never committed."""
    removed = 0
    for batch in _batches(entry for entry in blob_store().entries() if at - entry.stored_at > ORPHAN_AGE):
        known = set(Blob.objects.filter(sha256__in=batch, purged_at__isnull=True).values_list("sha256", flat=True))
        for sha256 in batch:
            if sha256 not in known and _still_orphan(sha256, at):
                blob_store().delete(sha256)
                removed += 1
    return removed


def _still_orphan(sha256: str, at: datetime) -> bool:
    """Ask once more just before: the same file may have come again, or its transaction have committed, meanwhile."""
    stored_at = blob_store().stored_at(sha256)
    if stored_at is None or at - stored_at <= ORPHAN_AGE:
        return False
    return not Blob.objects.filter(sha256=sha256, purged_at__isnull=True).exists()


def empty_trash(*, at: datetime) -> int:
    """Remove for good what has been in its owner's trash for thirty days."""
    long_ago = {"trashed_at__lt": at - KEPT_IN_TRASH, "trashed_with__isnull": True}
    items = list(LibraryItem.objects.filter(**long_ago).select_related("library__owner"))
    for item in items:
        trash.remove_item(item, by=item.library.owner, at=at)
    folders = list(Folder.objects.filter(**long_ago).select_related("library__owner"))
    for folder in folders:
        trash.remove_folder(folder, by=folder.library.owner, at=at)
    return len(items) + len(folders)


def forget_unused(*, at: datetime) -> int:
    """Delete rows of bytes nothing refers to any more, so that the next sweep takes the bytes; destroyed ones stay."""
    used = Version.objects.filter(Q(original=OuterRef("pk")) | Q(rendition=OuterRef("pk")))
    drawn = Preview.objects.filter(blob=OuterRef("pk"))
    old = Blob.objects.filter(created_at__lt=at - ORPHAN_AGE, purged_at__isnull=True)
    return old.filter(~Exists(used), ~Exists(drawn)).delete()[0]


def prepare_lost(*, at: datetime) -> int:
    """Ask again for versions that have waited too long; the job does nothing when they are ready."""
    waiting = Version.objects.filter(preparation=Version.Preparation.WAITING, created_at__lt=at - LOST_AGE)
    lost = list(waiting.filter(created_at__gt=at - timedelta(days=2)).values_list("pk", flat=True)[:BATCH])
    for version_id in lost:
        prepare_version.enqueue(version_id)
    return len(lost)


def _batches(entries: Iterator[StoredBlob]) -> Iterator[list[str]]:
    batch: list[str] = []
    for entry in entries:
        batch.append(entry.sha256)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
