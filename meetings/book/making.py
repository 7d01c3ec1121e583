"""Making one book outside any transaction: papers fetched, cover set, bound, numbered, noted on, put into the store."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from uuid import UUID

import pikepdf
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from annotations.exports.marks import Mark
from annotations.exports.pdf_copy import Label, with_notes
from annotations.leaving import marks_for
from documents.blobs.protocol import BlobMissing, file_sha256
from documents.blobs.store import blob_store
from documents.marking import MarkingFailed
from documents.protection import is_marked, marked_for
from meetings.actions import exports
from meetings.basis import basis_of_book, hash_of_book
from meetings.book.contents import BookItem, BookPaper, book_items, papers_in
from meetings.book.cover import front
from meetings.drafting import DOCUMENT_LANGUAGE
from meetings.models import Meeting, RecordExport
from meetings.paper_copy.binding import number_pages
from meetings.queries.visible import get_visible_meeting
from people.models import User
from people.queries import system_user

NUMBERED = "Trang {number}/{total}"
Told = Callable[[int, int], None]
Noted = list[tuple[UUID, list[Mark]]]


def make(export: RecordExport) -> None:
    """Make the book as the person who asked sees the meeting now; a failure is said, then raised for the log."""
    if export.state not in exports.RUNNING:
        return
    try:
        with tempfile.TemporaryDirectory(prefix="nghisu-book-") as folder:
            _make(export, Path(folder))
    except Exception:
        exports.fail(export, by=system_user(), at=timezone.now())
        raise


def _make(export: RecordExport, folder: Path) -> None:
    def told(done: int, total: int) -> None:
        exports.advance(export, done=done, total=total, by=system_user(), at=timezone.now())

    meeting, at = get_visible_meeting(export.user, export.meeting.public_id), timezone.now()
    with translation.override(DOCUMENT_LANGUAGE):
        items = book_items(export.user, meeting)
        of = hash_of_book(items)  # as it is before anything is fetched
        book = Binding(meeting, export.user, items, export.notes, at)
        path, noted = bound(book, folder, told)
    digest, size = file_sha256(path), path.stat().st_size
    blob_store().put(path, digest, size)
    made = exports.Made(digest, size, len(papers_in(items)), basis_of_book(export.user, of, noted))
    exports.finish(export, made, by=system_user(), at=timezone.now())


@dataclass(frozen=True)
class Binding:
    """One book on its way: of which meeting, for whom, with which papers and notes, when."""

    meeting: Meeting
    user: User
    items: list[BookItem]
    notes: str
    at: datetime


def bound(book: Binding, folder: Path, told: Told) -> tuple[Path, Noted]:
    """Return the book in `folder`, and the notes that are in it; `told` hears how many papers are done."""
    meeting, user, items, notes, at = book.meeting, book.user, book.items, book.notes, book.at
    fetch(book, folder, told)
    papers = papers_in(items)
    target = folder / "book.pdf"
    cover = folder / "cover.pdf"
    cover.write_bytes(front(meeting, items, user, notes=notes, at=at))
    bind(items, cover, folder, target, told)
    noted = [(paper.version.public_id, shifted(user, paper, notes)) for paper in papers] if notes else []
    if marks := [mark for _version, found in noted for mark in found]:
        label = Label(_("Meeting book: %(title)s") % {"title": meeting.title}, _("A copy to read, with notes"))
        target.write_bytes(with_notes(target.read_bytes(), marks, label))
    told(len(papers), len(papers))
    return target, noted


def fetch(book: Binding, folder: Path, told: Told) -> None:
    """Bring every paper into the folder and count its pages; what cannot be opened is left out, and says so.

    A protected paper carries its reader's name in the book as it does on the screen.
    """
    wanted = papers_in(book.items)
    for done, paper in enumerate(wanted):
        told(done, 2 * len(wanted))  # the second half is the binding
        try:
            with kept(folder, paper).open("wb") as file:
                for chunk in blob_store().open_range(paper.version.rendition.sha256):
                    file.write(chunk)
            if is_marked(paper.version.document):
                kept(folder, paper).write_bytes(marked_for(book.user, kept(folder, paper).read_bytes(), book.at))
            with pikepdf.open(kept(folder, paper)) as part:
                paper.pages = len(part.pages)
        except (BlobMissing, pikepdf.PdfError, MarkingFailed):
            paper.lost = _("its file cannot be opened")


def kept(folder: Path, paper: BookPaper) -> Path:
    """Return where the file of a paper lies meanwhile."""
    return folder / f"{paper.version.pk}.pdf"


def bind(items: list[BookItem], cover: Path, folder: Path, target: Path, told: Told) -> None:
    """Put cover and papers into one file with an outline and running numbers."""
    papers = papers_in(items)
    with pikepdf.new() as whole:
        append(whole, cover)
        for done, paper in enumerate(papers, start=len(papers)):
            told(done, 2 * len(papers))
            append(whole, kept(folder, paper))
        outline(whole, items)
        number_pages(whole, NUMBERED)
        whole.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def append(whole: pikepdf.Pdf, path: Path) -> None:
    """Add every page of a file."""
    with pikepdf.open(path) as part:
        whole.pages.extend(part.pages)


def outline(whole: pikepdf.Pdf, items: list[BookItem]) -> None:
    """Write the bookmarks: items, under each its papers, under each of those its sub-items."""
    with whole.open_outline() as made:
        made.root.append(pikepdf.OutlineItem(_("Contents of the book"), 0))
        open_at: list[list[pikepdf.OutlineItem]] = [made.root]
        page = 0
        for item in items:
            inside = [paper for paper in item.papers if not paper.lost]
            page = inside[0].start - 1 if inside else page
            line = pikepdf.OutlineItem(f"{item.number}. {item.title}", page)
            line.children += [pikepdf.OutlineItem(paper.title, paper.start - 1) for paper in inside]
            del open_at[item.depth + 1 :]
            open_at[-1].append(line)
            open_at.append(line.children)


def shifted(user: User, paper: BookPaper, which: str) -> list[Mark]:
    """Return the person's notes on a paper, on the pages it has in the book."""
    return [replace(mark, page=mark.page + paper.start - 1) for mark in marks_for(user, paper.version, which)]
