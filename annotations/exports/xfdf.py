"""Notes as XFDF (ISO 19444-1), for programs that lay them over the same PDF. Pure.

How hard a pen was pressed has no place in XFDF: strokes keep their points and their width.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from xml.etree import ElementTree as ET

from annotations.exports.appearance import line_width, num
from annotations.exports.marks import ICON, ON_TEXT, Answer, Mark, Point, Rect, area
from annotations.exports.page_space import PageSpace
from annotations.exports.pdf_copy import pdf_date, surroundings

NAMESPACE = "http://ns.adobe.com/xfdf/"
MEDIA_TYPE = "application/vnd.adobe.xfdf"
ELEMENTS = {
    "ink": "ink",
    "highlight": "highlight",
    "underline": "underline",
    "strike": "strikeout",
    "text": "text",
    "box": "square",
    "ellipse": "circle",
    "arrow": "line",
}
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def as_xfdf(marks: Sequence[Mark], spaces: Mapping[int, PageSpace], *, href: str) -> bytes:
    """Return the notes on the pages whose space is known; `href` names the PDF they are on."""
    root = ET.Element("xfdf", {"xmlns": NAMESPACE, "xml:space": "preserve"})
    ET.SubElement(root, "f", {"href": clean(href)})
    listed = ET.SubElement(root, "annots")
    for mark in marks:
        if mark.page in spaces:
            space = spaces[mark.page]
            listed.append(element(mark, space))
            listed.extend(reply(mark, answer, space) for answer in mark.answers)
    return bytes(ET.tostring(root, encoding="UTF-8", xml_declaration=True))


def element(mark: Mark, space: PageSpace) -> ET.Element:
    """Return one note."""
    attributes = {
        **said(mark.key, mark.name, mark.made_at, mark.changed_at),
        "page": str(mark.page - 1),
        "rect": listed(space.box(surroundings(mark))),
        "color": mark.colour.upper(),
        "opacity": num(mark.opacity),
        **place(mark, space),
    }
    made = ET.Element(ELEMENTS[mark.kind], attributes)
    if mark.body:
        ET.SubElement(made, "contents").text = clean(mark.body)
    if mark.kind == "ink":
        strokes = ET.SubElement(made, "inklist")
        ET.SubElement(strokes, "gesture").text = ";".join(pair(space.point(x, y)) for x, y in mark.points)
    return made


def place(mark: Mark, space: PageSpace) -> dict[str, str]:
    """Return the attributes of its kind that say where it is and how it looks."""
    if mark.kind in ON_TEXT:
        return {"coords": listed([number for rect in mark.rects for number in space.quad(rect)])}
    if mark.kind == "text":
        return {"icon": "Comment"}
    found = {"width": num(line_width(mark))}
    if mark.kind == "arrow":
        start, end = (space.point(x, y) for x, y in mark.points)
        found |= {"start": pair(start), "end": pair(end), "head": "None", "tail": "OpenArrow"}
    if mark.kind in ("box", "ellipse"):
        found["fringe"] = listed([line_width(mark) / 2] * 4)
    return found


def reply(mark: Mark, answer: Answer, space: PageSpace) -> ET.Element:
    """Return one reply to a note."""
    x, y, _, _ = area(mark)
    attributes = {
        **said(answer.key, answer.name, answer.at, answer.at),
        "page": str(mark.page - 1),
        "rect": listed(space.box((x, y, ICON, ICON))),
        "inreplyto": mark.key,
        "replyType": "reply",
    }
    made = ET.Element("text", attributes)
    ET.SubElement(made, "contents").text = clean(answer.body)
    return made


def said(key: str, name: str, made: datetime, changed: datetime) -> dict[str, str]:
    """Return the attributes every note has."""
    return {
        "name": key,
        "title": clean(name),
        "creationdate": pdf_date(made),
        "date": pdf_date(changed),
        "flags": "print",
    }


def listed(values: Sequence[float] | Rect) -> str:
    """Return numbers in a list."""
    return ",".join(num(value) for value in values)


def pair(point: Point) -> str:
    """Return a point."""
    return f"{num(point[0])},{num(point[1])}"


def clean(text: str) -> str:
    """Return the text without what XML cannot hold."""
    return _UNWRITABLE.sub("", text)
