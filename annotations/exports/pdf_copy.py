"""A copy of a PDF with the notes as real annotations, appended: the copy begins with the bytes it was made of. Pure.

So signatures in it stay what they were; a program that checks them says that something was added afterwards.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from annotations.exports.appearance import components, line_width, operators
from annotations.exports.marks import ICON, ON_TEXT, Answer, Mark, Rect, area, around, arrow_head
from annotations.exports.page_space import PageSpace, visible_part

SUBTYPES = {
    "ink": "/Ink",
    "highlight": "/Highlight",
    "underline": "/Underline",
    "strike": "/StrikeOut",
    "text": "/Text",
    "box": "/Square",
    "ellipse": "/Circle",
    "arrow": "/Line",
}
PRINT = 4
# What pypdf raises over files it cannot follow.
BROKEN = (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError)
Told = Callable[[int, int], None]


class CopyFailed(ValueError):
    """The file cannot be copied with notes."""


@dataclass(frozen=True, slots=True)
class Label:
    """What the copy says of itself in its properties."""

    title: str
    subject: str


def with_notes(pdf: bytes, marks: Sequence[Mark], label: Label, *, told: Told = lambda done, of: None) -> bytes:
    """Return a copy of the file with these notes; `told` hears how many of how many are in."""
    try:
        writer = PdfWriter(BytesIO(pdf), incremental=True)
        for done, mark in enumerate(marks):
            told(done, len(marks))
            if mark.page <= len(writer.pages):
                add(writer, writer.pages[mark.page - 1], mark)
        writer.add_metadata({"/Title": label.title, "/Subject": label.subject})
        target = BytesIO()
        writer.write(target)
    except BROKEN as error:
        raise CopyFailed(str(error)[:200]) from error
    told(len(marks), len(marks))
    return target.getvalue()


def add(writer: PdfWriter, page: PageObject, mark: Mark) -> None:
    """Put one note with its replies onto its page."""
    space = space_of(page)
    made = annotation(writer, mark, space)
    made[NameObject("/P")] = indirect(page)
    reference = writer._add_object(made)  # noqa: SLF001  # pypdf has no other door for objects of one's own
    hang(writer, page, [reference])
    for answer in mark.answers:
        said = reply(mark, answer, space, reference)
        said[NameObject("/P")] = indirect(page)
        hang(writer, page, [writer._add_object(said)])  # noqa: SLF001


def indirect(page: PageObject) -> IndirectObject:
    """Return where the page stands in its file."""
    if page.indirect_reference is None:
        raise CopyFailed("page without a place")
    return page.indirect_reference


def hang(writer: PdfWriter, page: PageObject, references: Iterable[IndirectObject]) -> None:
    """Add to the annotations of the page; a list several pages share becomes this one's own."""
    listed = page.get("/Annots")
    listed = listed.get_object() if listed is not None else None
    kept = list(listed) if isinstance(listed, ArrayObject) else []
    page[NameObject("/Annots")] = ArrayObject([*kept, *references])


def space_of(page: PageObject) -> PageSpace:
    """Return the visible part of the page, unrotated."""
    boxes = [tuple(float(edge) for edge in box) for box in (page.mediabox, page.cropbox)]
    return visible_part(boxes[0], boxes[1])  # type: ignore[arg-type]  # four edges each


def spaces_in(pdf: bytes, pages: Iterable[int]) -> dict[int, PageSpace]:
    """Return the visible part of these pages, as far as the file has them."""
    try:
        found = PdfReader(BytesIO(pdf)).pages
        return {number: space_of(found[number - 1]) for number in sorted(set(pages)) if number <= len(found)}
    except BROKEN as error:
        raise CopyFailed(str(error)[:200]) from error


def annotation(writer: PdfWriter, mark: Mark, space: PageSpace) -> DictionaryObject:
    """Return one note as an annotation dictionary with its look."""
    box = space.box(surroundings(mark))
    made = said_by(SUBTYPES[mark.kind], mark.key, mark.name, mark.body, mark.made_at, mark.changed_at)
    made[NameObject("/Rect")] = numbers(box)
    made[NameObject("/C")] = ArrayObject([FloatObject(round(part, 4)) for part in components(mark)])
    made[NameObject("/CA")] = FloatObject(round(mark.opacity, 2))
    made[NameObject("/AP")] = DictionaryObject({NameObject("/N"): look(writer, mark, space, box)})
    made.update(geometry(mark, space))
    return made


def said_by(subtype: str, key: str, name: str, body: str, at: datetime, changed: datetime) -> DictionaryObject:
    """Return what every annotation of ours has."""
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject(subtype),
            NameObject("/NM"): TextStringObject(key),
            NameObject("/T"): TextStringObject(name),
            NameObject("/Contents"): TextStringObject(body),
            NameObject("/CreationDate"): TextStringObject(pdf_date(at)),
            NameObject("/M"): TextStringObject(pdf_date(changed)),
            NameObject("/F"): NumberObject(PRINT),
        }
    )


def geometry(mark: Mark, space: PageSpace) -> dict[Any, Any]:
    """Return the entries of its kind that say where it is."""
    if mark.kind in ON_TEXT:
        return {NameObject("/QuadPoints"): numbers([n for rect in mark.rects for n in space.quad(rect)])}
    if mark.kind == "text":
        return {NameObject("/Name"): NameObject("/Comment")}
    border = {NameObject("/W"): FloatObject(line_width(mark)), NameObject("/S"): NameObject("/S")}
    found: dict[Any, Any] = {NameObject("/BS"): DictionaryObject(border)}
    if mark.kind == "ink":
        found[NameObject("/InkList")] = ArrayObject([numbers(flat(mark, space))])
    if mark.kind == "arrow":
        found[NameObject("/L")] = numbers(flat(mark, space))
        found[NameObject("/LE")] = ArrayObject([NameObject("/None"), NameObject("/OpenArrow")])
    if mark.kind in ("box", "ellipse"):
        found[NameObject("/RD")] = numbers([line_width(mark) / 2] * 4)
    return found


def flat(mark: Mark, space: PageSpace) -> list[float]:
    """Return its points in user space, one number after the other."""
    return [part for x, y in mark.points for part in space.point(x, y)]


def surroundings(mark: Mark) -> Rect:
    """Return the place all that is drawn of it stays within."""
    if mark.kind == "arrow":
        return around([*mark.points, *arrow_head(mark)], line_width(mark))
    x, y, w, h = area(mark)
    edge = line_width(mark) / 2 if mark.kind in ("box", "ellipse", "underline", "strike") else 0.0
    return (x - edge, y - edge, w + 2 * edge, h + 2 * edge)


def look(writer: PdfWriter, mark: Mark, space: PageSpace, box: Rect) -> IndirectObject:
    """Return the appearance: what is drawn is one group, so that a stroke crossing itself is no darker there."""
    inner = form(operators(mark, space), box)
    inner[NameObject("/Group")] = DictionaryObject({NameObject("/S"): NameObject("/Transparency")})
    blend = NameObject("/Multiply" if mark.kind == "highlight" else "/Normal")
    opacity = FloatObject(round(mark.opacity, 2))
    state = DictionaryObject({NameObject("/ca"): opacity, NameObject("/CA"): opacity, NameObject("/BM"): blend})
    outer = form("q /GS gs /Mark Do Q", box)
    outer[NameObject("/Resources")] = DictionaryObject(
        {
            NameObject("/ExtGState"): DictionaryObject({NameObject("/GS"): state}),
            NameObject("/XObject"): DictionaryObject({NameObject("/Mark"): writer._add_object(inner)}),  # noqa: SLF001
        }
    )
    return writer._add_object(outer)  # noqa: SLF001


def form(content: str, box: Rect) -> DecodedStreamObject:
    """Return drawing operators as a form of this box."""
    made = DecodedStreamObject()
    made.set_data(content.encode("ascii"))
    made[NameObject("/Type")] = NameObject("/XObject")
    made[NameObject("/Subtype")] = NameObject("/Form")
    made[NameObject("/BBox")] = numbers(box)
    made[NameObject("/Resources")] = DictionaryObject()
    return made


def reply(mark: Mark, answer: Answer, space: PageSpace, to: IndirectObject) -> DictionaryObject:
    """Return one reply: a text annotation in reply to the note's."""
    x, y, _, _ = area(mark)
    said = said_by("/Text", answer.key, answer.name, answer.body, answer.at, answer.at)
    said[NameObject("/Rect")] = numbers(space.box((x, y, ICON, ICON)))
    said[NameObject("/IRT")] = to
    said[NameObject("/RT")] = NameObject("/R")
    return said


def numbers(values: Iterable[float]) -> ArrayObject:
    """Return numbers as a PDF array."""
    return ArrayObject([FloatObject(round(value, 2)) for value in values])


def pdf_date(at: datetime) -> str:
    """Return a moment as PDFs write it."""
    zone = at.strftime("%z") or "+0000"
    return f"{at:D:%Y%m%d%H%M%S}{zone[:3]}'{zone[3:5]}'"
