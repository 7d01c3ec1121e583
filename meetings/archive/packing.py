"""Writing the ZIP into a file, piece by piece: no paper is ever whole in memory; then the index and the sums."""

import hashlib
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from documents.blobs.protocol import BlobMissing
from documents.blobs.store import blob_store
from documents.marking import MarkingFailed
from documents.protection import marked_for
from ledger.days import LEGAL_ZONE
from meetings.archive.contents import Entry, entries
from meetings.archive.record import Record
from meetings.archive.tables import as_json
from people.models import User

INDEX, INDEX_JSON, SUMS = "index.html", "index.json", "SHA256SUMS.txt"
Told = Callable[[int, int], None]


@dataclass(frozen=True)
class Packed:
    """One file as it went in; without a hash it could not."""

    entry: Entry
    sha256: str
    size: int
    lost: str = ""


def pack(record: Record, target: Path, *, at: datetime, made_for: User, told: Told) -> list[Packed]:
    """Write everything into `target`; `told` hears how many files of how many are in."""
    wanted = list(entries(record, at=at))
    done: list[Packed] = []
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
        for entry in wanted:
            told(len(done), len(wanted))
            done.append(put(archive, entry, at, made_for))
        for name, data in closing_files(record, done, at, made_for.full_name).items():
            write(archive, name, [data], at)
    told(len(wanted), len(wanted))
    return done


def put(archive: zipfile.ZipFile, entry: Entry, at: datetime, reader: User) -> Packed:
    """Write one file; bytes that are gone leave their line in the index."""
    if entry.lost:
        return Packed(entry, "", 0, entry.lost)
    try:
        chunks = chunks_of(entry)
        whole = [marked_for(reader, b"".join(chunks), at)] if entry.marked else chunks
        digest, size = write(archive, entry.path, whole, at)
    except BlobMissing:
        return Packed(entry, "", 0, _("the store has lost this file"))
    except MarkingFailed:
        return Packed(entry, "", 0, _("its pages could not be marked with their reader"))
    return Packed(entry, digest, size)


def chunks_of(entry: Entry) -> Iterable[bytes]:
    """Return the bytes; the first chunk is read at once, so that a missing file leaves no empty one."""
    if entry.data is not None:
        return [entry.data]
    reader = blob_store().open_range(entry.sha256)
    return _again(next(reader, b""), reader)


def _again(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def write(archive: zipfile.ZipFile, path: str, chunks: Iterable[bytes], at: datetime) -> tuple[str, int]:
    """Write chunks under a path; return their hash and how many bytes there were."""
    info = zipfile.ZipInfo(path, at.astimezone(LEGAL_ZONE).timetuple()[:6])
    info.compress_type = zipfile.ZIP_STORED if path.endswith(".pdf") else zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    digest, size = hashlib.sha256(), 0
    with archive.open(info, "w", force_zip64=True) as file:
        for chunk in chunks:
            file.write(chunk)
            digest.update(chunk)
            size += len(chunk)
    return digest.hexdigest(), size


def closing_files(record: Record, done: list[Packed], at: datetime, made_for: str) -> dict[str, bytes]:
    """Return the index for people, the index for programs, and the sums that `sha256sum -c` checks."""
    context = {"record": record, "files": done, "made_for": made_for, "at": at}
    sums = "".join(f"{one.sha256}  {one.entry.path}\n" for one in done if one.sha256)
    return {
        INDEX: render_to_string("meetings/archive/index.html", context).encode(),
        INDEX_JSON: as_json(index_data(record, done, at, made_for)),
        SUMS: sums.encode(),
    }


def index_data(record: Record, done: list[Packed], at: datetime, made_for: str) -> dict[str, Any]:
    """Return the index for programs."""
    meeting = record.meeting
    return {
        "meeting": {
            "id": meeting.public_id,
            "title": meeting.title,
            "agency": meeting.agency.name,
            "kind": meeting.kind,
            "starts_at": meeting.starts_at,
            "opened_at": meeting.opened_at,
            "closed_at": meeting.closed_at,
        },
        "made_for": made_for,
        "made_at": at,
        "agenda": [{"number": chapter.number, "title": chapter.item.title} for chapter in record.chapters],
        "files": [
            {
                "path": one.entry.path,
                "title": one.entry.title,
                "kind": one.entry.kind,
                "item": one.entry.item,
                "sha256": one.sha256 or None,
                "size": one.size,
                "lost": one.lost or None,
            }
            for one in done
        ],
    }
