"""Strokes while they are drawn: gathered per stream, told at most every 50 ms in one frame, never stored.

The streams of people named share one budget of frames per document. A process that is behind tells them less often.
What is finished arrives as an event; these frames only show it growing, so what does not fit into one waits for the
next, and too much is thinned out.
"""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any
from uuid import UUID
from weakref import WeakKeyDictionary

from ninja import Schema
from pydantic import Field, ValidationError, model_validator

from annotations.drawing_budget import fair_shares, pause_after, pause_among
from live.frames import Request
from live.hub import current_hub

POINTS_A_FRAME = 300
MOST_WAITING = 1_200  # points of one person; beyond it every second one goes
MOST_STROKES = 64
MOST_WATCHERS = 12
Number = Annotated[float, Field(ge=-20_000, le=20_000, allow_inf_nan=False)]


class To(Schema):
    """Who watches: one circle, or people by name; of more than a dozen each gets the finished stroke only."""

    circle: str = Field(default="", max_length=120)
    people: frozenset[UUID] = Field(default=frozenset(), max_length=MOST_WATCHERS)

    @model_validator(mode="after")
    def is_one(self) -> "To":
        """Refuse both, and neither."""
        if bool(self.circle) == bool(self.people):
            raise ValueError("a circle or people")
        return self


class Style(Schema):
    """How the stroke looks."""

    colour: str = Field(pattern="^#[0-9a-f]{6}$")
    width: Annotated[float, Field(gt=0, le=60)]
    opacity: Annotated[float, Field(ge=0, le=1)]


class DrawData(Schema):
    """A piece of a stroke: the points since the last one."""

    document: UUID
    version: UUID
    page: int = Field(ge=1, le=100_000)
    stroke: UUID
    to: To
    style: Style
    points: list[Number] = Field(max_length=900)
    end: bool = False


def stroke_in(request: Request) -> DrawData | None:
    """Return the piece of a stroke a frame brings, if it can be read."""
    try:
        data = DrawData.model_validate(request.data)
    except ValidationError:
        return None
    return data if len(data.points) % 3 == 0 else None


@dataclass
class Growing:
    """What waits of one stroke."""

    head: Mapping[str, Any]
    points: list[float] = field(default_factory=list)
    end: bool = False

    def take(self, count: int) -> dict[str, Any]:
        """Return the next points of the stroke as the frame has them."""
        taken, self.points = self.points[: count * 3], self.points[count * 3 :]
        over = {"end": True} if self.end and not self.points else {}
        return {**self.head, "points": [round(one, 2) for one in taken], **over}


class Drawing:
    """The strokes growing at this process, by stream and person; used on the event loop only."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._streams: dict[str, dict[str, dict[UUID, Growing]]] = defaultdict(lambda: defaultdict(dict))
        self._due: dict[str, float] = {}
        self._papers: dict[str, UUID] = {}  # streams of people named that are due, and of which document
        self._named: Counter[UUID] = Counter()

    def add(self, stream: str, by: str, name: str, data: DrawData) -> None:
        """Take a piece of a stroke; the first one of a while goes out at once."""
        strokes = self._streams[stream][by]
        if data.stroke not in strokes and len(strokes) >= MOST_STROKES:
            return
        growing = strokes.setdefault(data.stroke, Growing(head_of(by, name, data)))
        growing.points += data.points
        growing.end = growing.end or data.end
        if len(growing.points) > MOST_WAITING * 3:
            growing.points = thinned(growing.points)
        if stream not in self._due:
            self._due[stream] = self._loop.time()
            if data.to.people:
                self._papers[stream] = data.document
                self._named[data.document] += 1
            self._loop.call_soon(self._tell, stream)

    def _tell(self, stream: str) -> None:
        """Tell what fits; go on as long as something waits, and pause after the last."""
        due, self._due[stream] = self._due[stream], self._loop.time()
        people = self._streams.pop(stream, {})
        if not people:
            self._rest(stream)
            return
        counts = {by: sum(len(one.points) // 3 for one in strokes.values()) for by, strokes in people.items()}
        shares = fair_shares(counts, POINTS_A_FRAME)
        told = [piece for by, strokes in people.items() for piece in pieces(strokes, shares[by])]
        rest = {by: left for by, strokes in people.items() if (left := {k: s for k, s in strokes.items() if s.points})}
        for by, strokes in rest.items():
            self._streams[stream][by].update(strokes)
        current_hub().ephemeral(stream, {"kind": "drawing", "data": {"strokes": told}})
        among = self._named[self._papers[stream]] if stream in self._papers else 1
        self._due[stream] += max(pause_after(self._loop.time() - due), pause_among(among))
        self._loop.call_at(self._due[stream], self._tell, stream)

    def _rest(self, stream: str) -> None:
        """Forget a stream on which nothing waits."""
        del self._due[stream]
        paper = self._papers.pop(stream, None)
        if paper is not None:
            self._named[paper] -= 1
            self._named += Counter()  # without what is at nought


def pieces(strokes: Mapping[UUID, Growing], share: int) -> list[dict[str, Any]]:
    """Return what one person may show now of their strokes, the oldest first."""
    told = []
    for stroke in strokes.values():
        count = min(share, len(stroke.points) // 3)
        if count or not stroke.points:
            told.append(stroke.take(count))
            share -= count
    return told


def head_of(by: str, name: str, data: DrawData) -> dict[str, Any]:
    """Return what a frame says of a stroke besides its points."""
    style = data.style.model_dump()
    place = {"version": str(data.version), "page": data.page}
    return {"stroke": str(data.stroke), "by": by, "name": name, **place, "style": style}


def thinned(points: list[float]) -> list[float]:
    """Return every second point; the last one stays."""
    triples = [points[start : start + 3] for start in range(0, len(points), 3)]
    return [number for triple in [*triples[:-1:2], triples[-1]] for number in triple]


_drawings: WeakKeyDictionary[asyncio.AbstractEventLoop, Drawing] = WeakKeyDictionary()


def draw(stream: str, by: str, name: str, data: DrawData) -> None:
    """Show who follows a stream a piece of a stroke of somebody who follows it too."""
    loop = asyncio.get_running_loop()
    if loop not in _drawings:
        _drawings[loop] = Drawing(loop)
    _drawings[loop].add(stream, by, name, data)
