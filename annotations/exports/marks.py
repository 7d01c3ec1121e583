"""One note as the exports write it, read from the shape it has on the wire. Pure."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

Rect: TypeAlias = tuple[float, float, float, float]
Point: TypeAlias = tuple[float, float]

ON_TEXT = ("highlight", "underline", "strike")
OF_AREA = ("box", "ellipse")
ICON = 20.0  # a text note is a sign of this size
WORDS_ONLY_EDGE = 1.0


@dataclass(frozen=True, slots=True)
class Answer:
    """One reply in a thread."""

    key: str
    name: str
    body: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Mark:
    """One note with its place: points of the unrotated page, origin top left, y down."""

    key: str
    page: int
    kind: str
    shape: Mapping[str, Any]
    quote: Mapping[str, str]
    colour: str
    width: float
    opacity: float
    body: str
    owner: str
    name: str
    made_at: datetime
    changed_at: datetime
    answers: tuple[Answer, ...] = ()

    @property
    def rects(self) -> list[Rect]:
        """Return the lines of text it covers."""
        return [(x, y, w, h) for x, y, w, h in self.shape.get("rects", [])]

    @property
    def points(self) -> list[Point]:
        """Return the points of a stroke or the two ends of an arrow."""
        if self.kind == "arrow":
            x1, y1, x2, y2 = self.shape["line"]
            return [(x1, y1), (x2, y2)]
        flat = self.shape.get("points", [])
        return list(zip(flat[0::3], flat[1::3], strict=True))

    @property
    def pressures(self) -> list[float]:
        """Return how hard the pen was pressed at each point of a stroke."""
        return list(self.shape.get("points", [])[2::3])


def mark_from_wire(key: str, data: Mapping[str, Any]) -> Mark:
    """Return the note with this id as it is told to tablets."""
    style = data["style"]
    replies = sorted(data.get("replies", {}).items(), key=lambda line: (line[1]["at"], line[0]))
    return Mark(
        key=key,
        page=data["page"],
        kind=data["kind"],
        shape=data["shape"],
        quote=data.get("quote") or {},
        colour=style["colour"],
        width=float(style.get("width") or 0),
        opacity=float(style.get("opacity", 1)),
        body=data.get("body") or "",
        owner=data["owner"],
        name=data["name"],
        made_at=datetime.fromisoformat(data["at"]),
        changed_at=datetime.fromisoformat(data.get("changed_at") or data["at"]),
        answers=tuple(Answer(id_, r["name"], r["body"], datetime.fromisoformat(r["at"])) for id_, r in replies),
    )


def marks_from_wire(notes: Mapping[str, Mapping[str, Any]]) -> list[Mark]:
    """Return the notes that stand, in reading order: by page, from the top."""
    found = [mark_from_wire(key, data) for key, data in notes.items() if not data.get("erased")]
    return sorted(found, key=lambda mark: (mark.page, area(mark)[1], area(mark)[0], mark.key))


def area(mark: Mark) -> Rect:
    """Return the place the note takes on its page, [x, y, width, height]."""
    if mark.kind in OF_AREA:
        x, y, w, h = mark.shape["rect"]
        return (x, y, w, h)
    if mark.kind == "text":
        x, y = mark.shape["at"]
        return (x, y, ICON, ICON)
    if mark.kind in ON_TEXT:
        corners = [corner for x, y, w, h in mark.rects for corner in ((x, y), (x + w, y + h))]
        return around(corners)
    return around(mark.points, (mark.width or WORDS_ONLY_EDGE) / 2)


def around(points: Iterable[Point], edge: float = 0.0) -> Rect:
    """Return the smallest rectangle around points, wider by `edge` on every side."""
    found = list(points)
    left, top = min(x for x, _ in found) - edge, min(y for _, y in found) - edge
    right, bottom = max(x for x, _ in found) + edge, max(y for _, y in found) + edge
    return (left, top, right - left, bottom - top)


def arrow_head(mark: Mark) -> tuple[Point, Point]:
    """Return the two free ends of the head of an arrow."""
    (x1, y1), (x2, y2) = mark.points
    back, size = math.atan2(y1 - y2, x1 - x2), head_size(mark)
    return tuple((x2 + size * math.cos(back + side), y2 + size * math.sin(back + side)) for side in (-0.5, 0.5))  # type: ignore[return-value]  # two sides


def head_size(mark: Mark) -> float:
    """Return how long the head of an arrow is."""
    return max(6.0, (mark.width or 1) * 4)
