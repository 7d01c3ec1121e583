"""Binding the papers behind the made pages: a separator before each, page numbers all through. Slow; no transaction."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pikepdf

from documents.blobs.protocol import BlobMissing
from documents.blobs.store import blob_store
from documents.protection import PICTURES
from documents.typeset.typeset import render
from meetings.models import Meeting, Paper
from meetings.outline import labels
from meetings.queries.room import papers_of

FONT = pikepdf.Name("/NghiSuNumber")
SIZE, ABOVE = 9, 14


@dataclass(frozen=True)
class Sheet:
    """One paper on its way into the copy."""

    number: str
    item: str
    title: str
    pages: int
    sha256: str


def papers_for_all(meeting: Meeting) -> list[Sheet]:
    """Return the papers laid for everybody: what is for some or hidden is not handed round."""
    items = list(meeting.items.filter(hidden=False))
    numbers = dict(zip((item.pk for item in items), labels([item.depth for item in items]), strict=True))
    papers = papers_of([meeting]).filter(item__hidden=False, groups__isnull=True, guests_may_read=True)
    papers = papers.exclude(document__protection=PICTURES)  # read on the screen only
    found = papers.prefetch_related("document__versions__rendition")
    return [sheet for sheet in (sheet_of(paper, numbers[paper.item_id]) for paper in found) if sheet]


def sheet_of(paper: Paper, number: str) -> Sheet | None:
    """Return a paper's newest version, unless its bytes were destroyed."""
    version = list(paper.document.versions.all())[-1]
    if version.rendition.purged_at:
        return None
    return Sheet(number, paper.item.title, paper.document.title, version.pages, version.rendition.sha256)


def bind(meeting: Meeting, made: bytes | None, sheets: list[Sheet], folder: Path, *, at: datetime) -> Path:
    """Return one file: the made pages, then each paper behind its separator."""
    target = folder / "copy.pdf"
    with pikepdf.new() as whole:
        if made is not None:
            append(whole, folder / "made.pdf", [made])
        if sheets:
            separators = folder / "separators.pdf"
            separators.write_bytes(separator_pages(meeting, sheets, at=at))
            with pikepdf.open(separators) as before:
                for page, sheet in zip(before.pages, sheets, strict=True):
                    whole.pages.append(page)
                    append(whole, folder / f"{sheet.sha256}.pdf", blob_store().open_range(sheet.sha256))
        number_pages(whole)
        whole.save(target)
    return target


def append(whole: pikepdf.Pdf, path: Path, chunks: Iterable[bytes]) -> None:
    """Add every page of these bytes; a file that cannot be read leaves its separator alone."""
    try:
        with path.open("wb") as file:
            for chunk in chunks:
                file.write(chunk)
        with pikepdf.open(path) as part:
            whole.pages.extend(part.pages)
    except (BlobMissing, pikepdf.PdfError):
        return


def separator_pages(meeting: Meeting, sheets: list[Sheet], *, at: datetime) -> bytes:
    """Return one separator page for each paper."""
    papers = [{"number": one.number, "item": one.item, "title": one.title, "pages": one.pages} for one in sheets]
    data = {"title": meeting.title, "subject": meeting.title, "papers": papers}
    return render("separators", data, at=at.astimezone(UTC)).pdf


def number_pages(whole: pikepdf.Pdf, words: str = "{number}/{total}") -> None:
    """Write "3/120" at the foot of every page, whatever its size and rotation; `words` hold letters of ASCII alone."""
    total = len(whole.pages)
    font = whole.make_indirect(
        pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    )
    for number, page in enumerate(whole.pages, start=1):
        said = words.format(number=number, total=total)
        page.add_overlay(stamp(whole, font, said, page), pikepdf.Rectangle(page.trimbox))


def stamp(whole: pikepdf.Pdf, font: pikepdf.Object, words: str, page: pikepdf.Page) -> pikepdf.Page:
    """Return a transparent page of the size of this one with the number on it."""
    left, bottom, right, top = (float(edge) for edge in page.trimbox)
    turned = int(page.obj.get("/Rotate", 0) or 0) % 180 != 0
    width, height = (top - bottom, right - left) if turned else (right - left, top - bottom)
    start = width / 2 - len(words) * SIZE * 0.25
    content = f"q BT {FONT} {SIZE} Tf 0.25 g {start:.1f} {ABOVE} Td ({words}) Tj ET Q".encode()
    made = pikepdf.Dictionary(
        Type=pikepdf.Name.Page,
        MediaBox=[0, 0, width, height],
        Resources=pikepdf.Dictionary(Font=pikepdf.Dictionary({str(FONT): font})),
        Contents=whole.make_stream(content),
    )
    return pikepdf.Page(whole.make_indirect(made))
