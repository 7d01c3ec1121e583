"""Page sizes and text of a PDF, and the look for secrecy marks on its pages."""

import re
import unicodedata
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pypdfium2

from documents.ingest.inspection import ProblemCode, Refusal
from documents.ingest.limits import Limits
from documents.ingest.secrecy import SecrecyMark, find_mark, may_hold_mark

# Two runs of letters further apart than this many times their height are two things, not one line.
_GAP = 1.5
_UNSTORABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of one PDF, as they are read and searched."""

    sizes: list[tuple[float, float]]
    texts: list[str]


@dataclass(frozen=True, slots=True)
class _Run:
    left: float
    bottom: float
    right: float
    top: float
    text: str


def read_pages(path: Path, limits: Limits) -> Pages:
    """Read every page; raises `Refusal` for a file that cannot be shown or carries a secrecy mark."""
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise Refusal(ProblemCode.BROKEN) from error
    try:
        return _read(document, limits)
    finally:
        document.close()


def _read(document: pypdfium2.PdfDocument, limits: Limits) -> Pages:
    sizes: list[tuple[float, float]] = []
    texts: list[str] = []
    left = limits.max_text_characters
    if not len(document):
        raise Refusal(ProblemCode.NO_PAGES)
    for number in range(len(document)):
        width, height = document.get_page_size(number)
        sizes.append((round(width, 2), round(height, 2)))
        text, mark = page_text(document, number, min(left, limits.max_page_characters))
        if mark:
            raise Refusal(ProblemCode.SECRECY_MARK, mark=mark.value, page=str(number + 1))
        left -= len(text)
        texts.append(text)
    return Pages(sizes, texts)


def page_text(document: pypdfium2.PdfDocument, number: int, most: int) -> tuple[str, SecrecyMark | None]:
    """Return the text of one page (from 0) and the mark on it; a page that cannot be read has no text."""
    try:
        with closing(document[number]) as page, closing(page.get_textpage()) as textpage:
            text = storable(textpage.get_text_range())
            return text[:most], _mark(text, textpage)
    except pypdfium2.PdfiumError:
        return "", None


def _mark(text: str, textpage: pypdfium2.PdfTextPage) -> SecrecyMark | None:
    """Look at the lines first, then at the pieces that stand apart on the page."""
    if not may_hold_mark(text):
        return None
    return find_mark(text.splitlines()) or find_mark(_segments(textpage))


def storable(text: str) -> str:
    """Return the text composed (NFC), with plain line ends and nothing a database refuses."""
    clean = _UNSTORABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return unicodedata.normalize("NFC", clean).strip()


def _segments(textpage: pypdfium2.PdfTextPage) -> list[str]:
    """Return the text in pieces that stand apart on the page: a stamp beside a line is a piece of its own."""
    runs = [_run(textpage, place) for place in range(textpage.count_rects())]
    pieces: list[str] = [runs[0].text] if runs else []
    for before, after in pairwise(runs):
        if _continues(before, after):
            pieces[-1] += after.text if after.text[:1].isspace() or after.left - before.right < 1 else f" {after.text}"
        else:
            pieces.append(after.text)
    return [" ".join(piece.split()) for piece in pieces]


def _run(textpage: pypdfium2.PdfTextPage, place: int) -> _Run:
    left, bottom, right, top = textpage.get_rect(place)
    return _Run(left, bottom, right, top, textpage.get_text_bounded(left, bottom, right, top))


def _continues(before: _Run, after: _Run) -> bool:
    """Tell whether one run goes on in the next: same height on the page, and no wide gap between."""
    height = max(before.top - before.bottom, after.top - after.bottom, 1)
    middle = (after.top + after.bottom) / 2
    same_line = before.bottom <= middle <= before.top
    return same_line and -height <= after.left - before.right <= _GAP * height
