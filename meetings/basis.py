"""What a book or a record is made of for one person, compared with what they may have when it is fetched.

Papers and rights must be the same; of others' notes nothing may be in it that was taken back or changed meanwhile.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

from django.db.models import prefetch_related_objects

from annotations.exports.marks import Mark
from annotations.leaving import marks_for, others_words
from documents.models import Document, Version
from meetings.actions.exports import BOOK
from meetings.archive.record import Record, record_of
from meetings.book.contents import BookItem, BookPaper, book_items, papers_in
from meetings.models import Conclusion, RecordExport
from people.models import User

Basis = dict[str, Any]


def is_stale(export: RecordExport) -> bool:
    """Has what the person may have of the meeting changed since this was made?"""
    made = export.made_of
    if export.kind != BOOK:
        return bool(made.get("of") != basis_of_record(record_of(export.user, export.meeting))["of"])
    items = book_items(export.user, export.meeting)
    return made.get("of") != hash_of_book(items) or not are_notes_there(export, papers_in(items))


def hash_of_book(items: Sequence[BookItem]) -> str:
    """Return one short name for agenda and papers of a book, as they are before any file was fetched."""
    told = [
        [item.number, item.title, [[*told_of(one.version), bool(one.lost)] for one in item.papers]] for item in items
    ]
    return hashed(told)


def basis_of_book(user: User, of: str, noted: Iterable[tuple[UUID, Sequence[Mark]]]) -> Basis:
    """Return the basis of a book: agenda and papers, and what others say in the very notes in it, by version."""
    words = {str(version): others_words(user, marks) for version, marks in noted}
    return {"of": of, "notes": {version: lines for version, lines in words.items() if lines}}


def are_notes_there(export: RecordExport, papers: Iterable[BookPaper]) -> bool:
    """Is what others say in the notes of a book still said, and to this person? Only papers that have any are asked."""
    said = export.made_of.get("notes") or {}
    versions = {str(paper.version.public_id): paper.version for paper in papers}
    if not isinstance(said, dict) or not said.keys() <= versions.keys():
        return False
    return all(
        set(lines) <= set(others_words(export.user, marks_for(export.user, versions[key], export.notes)))
        for key, lines in said.items()
    )


def basis_of_record(record: Record) -> Basis:
    """Return the basis of a record: what the person is in the meeting, and every file and table that goes in."""
    minutes, notice = record.minutes_document, record.notice
    prefetch_related_objects(list(versions_in(record)), "original", "rendition")
    told = [
        sorted(record.roles),
        bool(record.ballots),
        [str(record.minutes.public_id), record.minutes.state, record.minutes.revision] if record.minutes else None,
        told_of_files([minutes]) if minutes else None,
        told_of(notice.version) if notice and notice.version else None,
        [told_of_line(line) for line in record.general],
        [told_of_chapter(chapter) for chapter in record.chapters],
    ]
    return {"of": hashed(told), "notes": []}


def versions_in(record: Record) -> Iterator[Version]:
    """Yield every version whose file goes in."""
    lines = [*record.general, *(line for chapter in record.chapters for line in chapter.conclusions)]
    papers = [paper.document for chapter in record.chapters for paper in chapter.papers]
    attached = [document for line in lines for document in line.files.all()]
    for document in [*papers, *attached, *([record.minutes_document] if record.minutes_document else [])]:
        yield from document.versions.all()
    if record.notice and record.notice.version:
        yield record.notice.version


def told_of_chapter(chapter: Any) -> list[Any]:
    """Return what tells one item of the record from another."""
    return [
        chapter.number,
        chapter.item.title,
        told_of_files(paper.document for paper in chapter.papers),
        [str(opinion.public_id) for opinion in chapter.opinions],
        [[str(vote.public_id), vote.state] for vote in chapter.votes],
        [told_of_line(line) for line in chapter.conclusions],
    ]


def told_of_line(line: Conclusion) -> list[Any]:
    """Return what tells one conclusion from another."""
    return [str(line.public_id), line.text, told_of_files(line.files.all())]


def told_of_files(documents: Iterable[Document]) -> list[list[Any]]:
    """Return what tells these documents' newest versions from others."""
    return [told_of(max(one.versions.all(), key=lambda version: version.number)) for one in documents]


def told_of(version: Version) -> list[Any]:
    """Return what tells one version of a document from another, and how it may leave the house."""
    gone = [bool(blob.purged_at) for blob in (version.original, version.rendition)]
    return [str(version.public_id), version.document.title, version.document.protection, *gone]


def hashed(told: Any) -> str:
    """Return one short name for all of it."""
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()
