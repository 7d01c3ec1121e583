"""Readers of what the exports write, written from the formats and not from the writers: back to the wire's shape."""

from datetime import datetime
from io import BytesIO
from typing import Any
from xml.etree import ElementTree as ET

from pypdf import PdfReader

KINDS = {
    "Ink": "ink",
    "Highlight": "highlight",
    "Underline": "underline",
    "StrikeOut": "strike",
    "Text": "text",
    "Square": "box",
    "Circle": "ellipse",
    "Line": "arrow",
}
XFDF = "{http://ns.adobe.com/xfdf/}"
SVG = "{http://www.w3.org/2000/svg}"


def close(one: Any, other: Any, by: float = 0.011) -> bool:
    """Are these nested numbers the same but for rounding?"""
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(close(one[key], other[key], by) for key in one)
    if isinstance(one, (list, tuple)):
        return len(one) == len(other) and all(close(a, b, by) for a, b in zip(one, other, strict=True))
    return abs(one - other) <= by if isinstance(one, (int, float)) else one == other


def moment(text: str) -> datetime:
    """Return a moment of a PDF."""
    return datetime.strptime(text.replace("'", ""), "D:%Y%m%d%H%M%S%z")


def hexed(parts: Any) -> str:
    """Return a colour as #rrggbb."""
    return "#" + "".join(f"{round(float(part) * 255):02x}" for part in parts)


def quads(numbers: list[float], left: float, top: float) -> list[list[float]]:
    """Return lines of text as rectangles from the top left corner."""
    found = []
    for start in range(0, len(numbers), 8):
        xs, ys = numbers[start : start + 8 : 2], numbers[start + 1 : start + 8 : 2]
        found.append([min(xs) - left, top - max(ys), max(xs) - min(xs), max(ys) - min(ys)])
    return found


def pairs(numbers: list[float], left: float, top: float) -> list[list[float]]:
    """Return points from the top left corner."""
    return [[numbers[at] - left, top - numbers[at + 1]] for at in range(0, len(numbers), 2)]


def inner(rect: list[float], edges: list[float], left: float, top: float) -> list[float]:
    """Return the box inside a rectangle with these edges."""
    x1, y1, x2, y2 = rect
    a, b, c, d = edges
    return [x1 + a - left, top - (y2 - d), x2 - c - (x1 + a), (y2 - d) - (y1 + b)]


def from_pdf(pdf: bytes) -> dict[str, dict[str, Any]]:
    """Return the annotations of a PDF by name."""
    notes: dict[str, dict[str, Any]] = {}
    answers: list[tuple[str, str, dict[str, Any]]] = []
    for number, page in enumerate(PdfReader(BytesIO(pdf)).pages, start=1):
        media, crop = [float(n) for n in page.mediabox], [float(n) for n in page.cropbox]
        left, top = max(media[0], crop[0]), min(media[3], crop[3])
        for entry in page.get("/Annots", []):
            data = entry.get_object()
            if "/IRT" in data:
                about = data["/IRT"].get_object()["/NM"]
                answers.append((about, str(data["/NM"]), {"name": data["/T"], "body": data["/Contents"]}))
                continue
            notes[str(data["/NM"])] = {
                "page": number,
                "kind": KINDS[data["/Subtype"][1:]],
                "shape": pdf_shape(data, left, top),
                "colour": hexed(data["/C"]),
                "opacity": float(data["/CA"]),
                "body": str(data["/Contents"]),
                "name": str(data["/T"]),
                "at": moment(data["/CreationDate"]),
                "changed_at": moment(data["/M"]),
                "replies": {},
            }
    for about, key, answer in answers:
        notes[about]["replies"][key] = answer
    return notes


def pdf_shape(data: Any, left: float, top: float) -> Any:
    """Return the shape of an annotation."""
    subtype = data["/Subtype"]
    if subtype == "/Ink":
        return pairs([float(n) for n in data["/InkList"][0]], left, top)
    if subtype == "/Line":
        return pairs([float(n) for n in data["/L"]], left, top)
    if "/QuadPoints" in data:
        return quads([float(n) for n in data["/QuadPoints"]], left, top)
    rect = [float(n) for n in data["/Rect"]]
    if subtype == "/Text":
        return [rect[0] - left, top - rect[3]]
    return inner(rect, [float(n) for n in data["/RD"]], left, top)


def from_xfdf(data: bytes, left: float, top: float) -> dict[str, dict[str, Any]]:
    """Return the annotations of an XFDF by name, for pages with this corner."""
    notes: dict[str, dict[str, Any]] = {}
    for one in ET.fromstring(data).find(f"{XFDF}annots"):
        contents = one.find(f"{XFDF}contents")
        body = (contents.text or "") if contents is not None else ""
        if "inreplyto" in one.attrib:
            answer = {"name": one.get("title"), "body": body}
            notes[one.get("inreplyto")]["replies"][one.get("name")] = answer
            continue
        tag = one.tag.removeprefix(XFDF)
        kind = {"strikeout": "strike", "square": "box", "circle": "ellipse", "line": "arrow"}.get(tag, tag)
        notes[one.get("name")] = {
            "page": int(one.get("page")) + 1,
            "kind": kind,
            "shape": xfdf_shape(kind, one, left, top),
            "colour": one.get("color").lower(),
            "opacity": float(one.get("opacity")),
            "body": body,
            "name": one.get("title"),
            "at": moment(one.get("creationdate")),
            "changed_at": moment(one.get("date")),
            "replies": {},
        }
    return notes


def xfdf_shape(kind: str, one: ET.Element, left: float, top: float) -> Any:
    """Return the shape of an annotation."""
    listed = lambda name: [float(n) for n in one.get(name).split(",")]  # noqa: E731
    if kind == "ink":
        flat = [float(n) for pair in one.find(f"{XFDF}inklist/{XFDF}gesture").text.split(";") for n in pair.split(",")]
        return pairs(flat, left, top)
    if kind == "arrow":
        return pairs([*listed("start"), *listed("end")], left, top)
    if kind in ("highlight", "underline", "strike"):
        return quads(listed("coords"), left, top)
    rect = listed("rect")
    return [rect[0] - left, top - rect[3]] if kind == "text" else inner(rect, listed("fringe"), left, top)


def from_jsonld(data: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the annotations of a page of JSON-LD by id."""
    notes: dict[str, dict[str, Any]] = {}
    for one in data["items"]:
        key = one["id"].removeprefix("urn:uuid:")
        body = one.get("body", {}).get("value", "")
        if one["motivation"] == "replying":
            notes[one["target"].removeprefix("urn:uuid:")]["replies"][key] = {
                "name": one["creator"]["name"],
                "body": body,
            }
            continue
        found = {line["refinedBy"]["type"]: line for line in one["target"]["selector"]}
        drawing = ET.fromstring(found["SvgSelector"]["refinedBy"]["value"]).find(f"{SVG}g")
        kind = drawing.get("class")
        quote = found.get("TextQuoteSelector", {}).get("refinedBy")
        notes[key] = {
            "page": int(found["SvgSelector"]["value"].split("&")[0].removeprefix("page=")),
            "kind": kind,
            "shape": svg_shape(kind, drawing),
            "colour": drawing.get("stroke"),
            "opacity": float(drawing.get("opacity")),
            "body": body,
            "name": one["creator"]["name"],
            "at": datetime.fromisoformat(one["created"]),
            "changed_at": datetime.fromisoformat(one["modified"]),
            "replies": {},
            **({"quote": {name: quote[name] for name in ("exact", "prefix", "suffix")}} if quote else {}),
        }
    return notes


def svg_shape(kind: str, drawing: ET.Element) -> Any:
    """Return the shape of a drawing, a stroke with its pressure."""
    numbers = lambda one, *names: [float(one.get(name)) for name in names]  # noqa: E731
    if kind in ("ink", "arrow"):
        line = drawing.find(f"{SVG}polyline")
        found = [[float(n) for n in pair.split(",")] for pair in line.get("points").split()]
        pressed = [float(n) for n in line.get("data-pressure", "").split()]
        return [[*point, by] for point, by in zip(found, pressed, strict=True)] if pressed else found
    if kind == "ellipse":
        cx, cy, rx, ry = numbers(drawing.find(f"{SVG}ellipse"), "cx", "cy", "rx", "ry")
        return [cx - rx, cy - ry, 2 * rx, 2 * ry]
    boxes = [numbers(one, "x", "y", "width", "height") for one in drawing.findall(f"{SVG}rect")]
    return boxes if kind in ("highlight", "underline", "strike") else boxes[0][:2] if kind == "text" else boxes[0]
