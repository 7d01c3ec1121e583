"""Making one package outside any transaction: packed into a file, put into the store, then said to be ready."""

import tempfile
from pathlib import Path

from django.utils import timezone, translation

from documents.blobs.protocol import file_sha256
from documents.blobs.store import blob_store
from meetings.actions import exports
from meetings.archive.packing import pack
from meetings.archive.record import record_of
from meetings.basis import basis_of_record
from meetings.drafting import DOCUMENT_LANGUAGE
from meetings.models import RecordExport
from meetings.queries.visible import get_visible_meeting
from people.queries import system_user

STEPS = 20


def make(export: RecordExport) -> None:
    """Make the package as the person who asked sees the meeting now; a failure is said, then raised for the log."""
    if export.state not in exports.RUNNING:
        return
    try:
        with tempfile.TemporaryDirectory(prefix="nghisu-record-") as folder:
            _make(export, Path(folder) / "record.zip")
    except Exception:
        exports.fail(export, by=system_user(), at=timezone.now())
        raise


def _make(export: RecordExport, target: Path) -> None:
    def told(done: int, total: int) -> None:
        if done % max(1, total // STEPS) == 0:
            exports.advance(export, done=done, total=total, by=system_user(), at=timezone.now())

    meeting = get_visible_meeting(export.user, export.meeting.public_id)
    with translation.override(DOCUMENT_LANGUAGE):
        record = record_of(export.user, meeting)
        made_of = basis_of_record(record)
        done = pack(record, target, at=timezone.now(), made_for=export.user, told=told)
    digest, size = file_sha256(target), target.stat().st_size
    blob_store().put(target, digest, size)
    made = exports.Made(digest, size, len(done), made_of)
    exports.finish(export, made, by=system_user(), at=timezone.now())
