"""The confined half of finding words on pages: every letter of a PDF, or the places of some, as `letters.json`.

Run as `python -m documents.ingest.letters_worker PDF SPANS` in a folder of its own. Without spans ("") each page is
told as text with one character for each place of the typesetter; SPANS is JSON, [[page, start, end], …], for the lines
these letters take, [[x, y, width, height], …] in points of the unrotated page from its top left corner.
"""

import json
import sys
from contextlib import closing
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

RESULT = "letters.json"
MOST = 200_000  # characters of one page
_NOTHING = "\ufffd"


def letters_of(page: pypdfium2.PdfPage) -> str:
    """Return the letters of a page, each at its place."""
    with closing(page.get_textpage()) as text:
        count = min(text.count_chars(), MOST)
        return "".join(_letter(pdfium.FPDFText_GetUnicode(text.raw, at)) for at in range(count))


def _letter(code: int) -> str:
    """Return the character of a code; what is none keeps its place."""
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else _NOTHING


def places_of(page: pypdfium2.PdfPage, start: int, end: int) -> list[list[float]]:
    """Return the lines these letters take."""
    left, _, _, top = page.get_cropbox()
    with closing(page.get_textpage()) as text:
        boxes = [text.get_rect(at) for at in range(text.count_rects(start, end - start))]
    return [[round(n, 2) for n in (x1 - left, top - y2, x2 - x1, y2 - y1)] for x1, y1, x2, y2 in boxes]


def told(document: pypdfium2.PdfDocument, spans: list[list[int]] | None) -> list[object]:
    """Return the letters of every page, or the places of these."""
    if spans is None:
        return [_read(document, number) for number in range(len(document))]
    return [places_of(document[page - 1], start, end) for page, start, end in spans]


def _read(document: pypdfium2.PdfDocument, number: int) -> str:
    """Return the letters of one page; one that cannot be read has none."""
    try:
        with closing(document[number]) as page:
            return letters_of(page)
    except pypdfium2.PdfiumError:
        return ""


def main(pdf: str, spans: str = "") -> None:
    """Read and write the result."""
    with pypdfium2.PdfDocument(Path(pdf)) as document:
        found = told(document, json.loads(spans) if spans else None)
    Path(RESULT).write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:3])
