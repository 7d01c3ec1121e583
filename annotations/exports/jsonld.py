"""Notes as W3C Web Annotations (JSON-LD): page, place and quoted words as selectors. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from xml.sax.saxutils import quoteattr

from annotations.exports.marks import ON_TEXT, Answer, Mark, Point, Rect, area, arrow_head
from annotations.exports.page_space import PageSpace

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
# The Web Annotation vocabulary names fragments of PDFs by RFC 3778; RFC 8118 took its place.
PDF_FRAGMENTS = "http://tools.ietf.org/rfc/rfc8118"
MEDIA_TYPE = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'


@dataclass(frozen=True, slots=True)
class Source:
    """The file the notes are on: its address, and the space of its pages by number."""

    url: str
    title: str
    spaces: Mapping[int, PageSpace]


def as_jsonld(marks: Sequence[Mark], source: Source, *, at: datetime) -> dict[str, Any]:
    """Return the notes and their replies as one page of annotations."""
    items = [line for mark in marks if mark.page in source.spaces for line in thread(mark, source)]
    return {
        "@context": CONTEXT,
        "type": "AnnotationPage",
        "partOf": {"type": "AnnotationCollection", "label": source.title, "total": len(items)},
        "generated": stamp(at),
        "startIndex": 0,
        "items": items,
    }


def thread(mark: Mark, source: Source) -> list[dict[str, Any]]:
    """Return one note with its replies."""
    return [as_annotation(mark, source), *(as_reply(mark, answer) for answer in mark.answers)]


def as_annotation(mark: Mark, source: Source) -> dict[str, Any]:
    """Return one note."""
    found: dict[str, Any] = {
        "id": urn(mark.key),
        "type": "Annotation",
        "motivation": motivation(mark),
        "creator": {"id": urn(mark.owner), "type": "Person", "name": mark.name},
        "created": stamp(mark.made_at),
        "modified": stamp(mark.changed_at),
        "target": {"type": "SpecificResource", "source": pdf(source), "selector": selectors(mark, source)},
    }
    if mark.body:
        found["body"] = words(mark.body, "commenting")
    return found


def as_reply(mark: Mark, answer: Answer) -> dict[str, Any]:
    """Return one reply: an annotation on the note's."""
    return {
        "id": urn(answer.key),
        "type": "Annotation",
        "motivation": "replying",
        "creator": {"type": "Person", "name": answer.name},
        "created": stamp(answer.at),
        "body": words(answer.body, "replying"),
        "target": urn(mark.key),
    }


def motivation(mark: Mark) -> str:
    """Return why the note was made: what has words comments, what marks without words points out."""
    return "commenting" if mark.body or mark.kind == "text" else "highlighting"


def words(text: str, purpose: str) -> dict[str, str]:
    """Return what somebody wrote."""
    return {"type": "TextualBody", "value": text, "format": "text/plain", "purpose": purpose}


def pdf(source: Source) -> dict[str, str]:
    """Return the file."""
    return {"id": source.url, "type": "Text", "format": "application/pdf"}


def selectors(mark: Mark, source: Source) -> list[dict[str, Any]]:
    """Return where the note is, in every way there is: each refines the page."""
    refined: list[dict[str, Any]] = []
    if mark.quote:
        refined.append({"type": "TextQuoteSelector", **mark.quote})
    refined.append({"type": "SvgSelector", "value": as_svg(mark, source.spaces[mark.page])})
    return [{**page_of(mark), "refinedBy": one} for one in refined]


def page_of(mark: Mark) -> dict[str, str]:
    """Return the page with the part of it to look at."""
    view = ",".join(num(value) for value in area(mark))
    return {"type": "FragmentSelector", "conformsTo": PDF_FRAGMENTS, "value": f"page={mark.page}&viewrect={view}"}


def as_svg(mark: Mark, space: PageSpace) -> str:
    """Return the note as a drawing over its page, in points of the page."""
    attributes = f'stroke="{mark.colour}" stroke-width="{num(mark.width)}" opacity="{num(mark.opacity)}" fill="none"'
    box = f"0 0 {num(space.width)} {num(space.height)}"
    drawn = f'<g class="{mark.kind}" {attributes}>{shape(mark)}</g>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">{drawn}</svg>'


def shape(mark: Mark) -> str:
    """Return the elements of the drawing."""
    if mark.kind == "ink":
        pressed = " ".join(num(one) for one in mark.pressures)
        return f'<polyline points="{joined(mark.points)}" data-pressure="{pressed}"/>'
    if mark.kind == "arrow":
        one, other = arrow_head(mark)
        head = joined([one, mark.points[1], other])
        return f'<polyline points="{joined(mark.points)}"/><polyline points="{head}"/>'
    if mark.kind == "ellipse":
        x, y, w, h = area(mark)
        return f'<ellipse cx="{num(x + w / 2)}" cy="{num(y + h / 2)}" rx="{num(w / 2)}" ry="{num(h / 2)}"/>'
    return "".join(rectangle(one) for one in (mark.rects if mark.kind in ON_TEXT else [area(mark)]))


def rectangle(rect: Rect) -> str:
    """Return a rectangle."""
    x, y, w, h = (quoteattr(num(value)) for value in rect)
    return f"<rect x={x} y={y} width={w} height={h}/>"


def joined(points: Sequence[Point]) -> str:
    """Return points as SVG lists them."""
    return " ".join(f"{num(x)},{num(y)}" for x, y in points)


def num(value: float) -> str:
    """Return a number without an idle end."""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text in ("", "-0") else text


def stamp(at: datetime) -> str:
    """Return a moment as the vocabulary wants it."""
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")


def urn(key: str) -> str:
    """Return the name of a thing of ours."""
    return f"urn:uuid:{key}"
