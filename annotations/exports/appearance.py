"""How a note looks, in the drawing operators of a PDF: every program shows it, whatever it knows of notes. Pure."""

from collections.abc import Sequence

from annotations.exports.marks import Mark, Point, arrow_head
from annotations.exports.page_space import PageSpace

ROUND = 0.5523  # how far the handles of a quarter circle stand out
THINNEST = 0.35  # of its width, where the pen hardly touches


def operators(mark: Mark, space: PageSpace) -> str:
    """Return the content stream of the note, in the user space of its page."""
    drawn = DRAWN.get(mark.kind, _ink)(mark, space)
    return f"q {colour(mark, stroke=True)} {colour(mark)} {num(line_width(mark))} w 1 J 1 j {drawn} Q"


def colour(mark: Mark, *, stroke: bool = False) -> str:
    """Return the operator that sets the colour."""
    return f"{' '.join(num(part) for part in components(mark))} {'RG' if stroke else 'rg'}"


def components(mark: Mark) -> tuple[float, float, float]:
    """Return red, green and blue from 0 to 1."""
    red, green, blue = (int(mark.colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return (red, green, blue)


def line_width(mark: Mark) -> float:
    """Return the width of its line."""
    return mark.width or 1.0


def num(value: float) -> str:
    """Return a number as PDFs write it."""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text in ("", "-0") else text


def at(point: Point) -> str:
    """Return a point."""
    return f"{num(point[0])} {num(point[1])}"


def path(points: Sequence[Point]) -> str:
    """Return straight lines through points; a single point is a dot."""
    first, *rest = points
    return " ".join([f"{at(first)} m", *(f"{at(one)} l" for one in rest or [first])])


def _ink(mark: Mark, space: PageSpace) -> str:
    """Draw a stroke piece by piece, each as wide as the pen pressed."""
    points = [space.point(x, y) for x, y in mark.points]
    widths = [line_width(mark) * (THINNEST + (1 - THINNEST) * pressed) for pressed in mark.pressures]
    if len(points) == 1:
        return f"{num(widths[0])} w {path(points)} S"
    pieces = zip(points, points[1:], widths[1:], strict=False)
    return " ".join(f"{num(width)} w {path([start, end])} S" for start, end, width in pieces)


def _highlight(mark: Mark, space: PageSpace) -> str:
    boxes = (space.box(rect) for rect in mark.rects)
    return " ".join(f"{at((left, low))} {at((right - left, top - low))} re f" for left, low, right, top in boxes)


def _underline(mark: Mark, space: PageSpace) -> str:
    return _lines(mark, space, 0.06)


def _strike(mark: Mark, space: PageSpace) -> str:
    return _lines(mark, space, 0.45)


def _lines(mark: Mark, space: PageSpace, high: float) -> str:
    """Draw a line along each line of text, at a part of its height."""
    found = []
    for left, low, right, top in (space.box(rect) for rect in mark.rects):
        level = low + (top - low) * high
        found.append(f"{path([(left, level), (right, level)])} S")
    return " ".join(found)


def _text(mark: Mark, space: PageSpace) -> str:
    """Draw a small sheet with lines: where a text note stands."""
    x, y = mark.shape["at"]
    left, low, right, top = space.box((x + 1, y + 1, 18, 18))
    sheet = f"{at((left, low))} {at((right - left, top - low))} re f"
    rows = (path([(left + 4, top - down), (right - 4, top - down)]) for down in (5, 9, 13))
    return f"{sheet} 1 1 1 RG 1.2 w {' S '.join(rows)} S"


def _box(mark: Mark, space: PageSpace) -> str:
    left, low, right, top = space.box(mark.shape["rect"])
    return f"{at((left, low))} {at((right - left, top - low))} re S"


def _ellipse(mark: Mark, space: PageSpace) -> str:
    left, low, right, top = space.box(mark.shape["rect"])
    x, y, rx, ry = (left + right) / 2, (low + top) / 2, (right - left) / 2, (top - low) / 2
    kx, ky = rx * ROUND, ry * ROUND
    curves = (
        ((right, y + ky), (x + kx, top), (x, top)),
        ((x - kx, top), (left, y + ky), (left, y)),
        ((left, y - ky), (x - kx, low), (x, low)),
        ((x + kx, low), (right, y - ky), (right, y)),
    )
    drawn = " ".join(f"{' '.join(at(one) for one in curve)} c" for curve in curves)
    return f"{at((right, y))} m {drawn} s"


def _arrow(mark: Mark, space: PageSpace) -> str:
    start, end = (space.point(x, y) for x, y in mark.points)
    one, other = (space.point(x, y) for x, y in arrow_head(mark))
    return f"{path([start, end])} S {path([one, end, other])} S"


DRAWN = {
    "ink": _ink,
    "highlight": _highlight,
    "underline": _underline,
    "strike": _strike,
    "text": _text,
    "box": _box,
    "ellipse": _ellipse,
    "arrow": _arrow,
}
