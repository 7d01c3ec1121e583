"""Notes as they are on the wire, for tests: some by hand, any by hypothesis."""

from typing import Any
from uuid import UUID

from hypothesis import strategies as st

OWNER = "0b6f4a52-6a3c-4c1e-9a53-2a6a9d5b3f10"
COLOURS = ("#d32f2f", "#1976d2", "#388e3c", "#f9a825", "#212121")


def note(kind: str, shape: dict[str, Any], *, page: int = 1, **more: Any) -> dict[str, Any]:
    """Return one note by hand."""
    style = {"colour": "#d32f2f", "width": 3.0, "opacity": 1.0} | more.pop("style", {})
    found = {
        "version": "9f0d1f6e-4a43-4f37-b8e0-4e3e3a7a1d11",
        "number": 1,
        "page": page,
        "kind": kind,
        "shape": shape,
        "style": style,
        "body": "",
        "owner": OWNER,
        "name": "Nguyễn Thị Hạnh",
        "at": "2026-11-20T08:00:00+00:00",
        "changed_at": "2026-11-20T08:05:00+00:00",
        "to": None,
        "replies": {},
    }
    return found | more


def points(most: float) -> st.SearchStrategy[float]:
    """Return coordinates with two decimals, as the wire has them."""
    return st.integers(0, int(most * 100)).map(lambda n: n / 100)


def rects(width: float, height: float) -> st.SearchStrategy[list[float]]:
    """Return rectangles within a page."""
    return st.tuples(points(width - 50), points(height - 50), st.integers(100, 5000), st.integers(100, 5000)).map(
        lambda r: [r[0], r[1], r[2] / 100, r[3] / 100]
    )


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=60).map(
    lambda text: "".join(text.split("\r"))
)
KEYS = st.uuids(version=4).map(str)


@st.composite
def notes(draw: st.DrawFn, width: float = 595, height: float = 842, pages: int = 2) -> dict[str, Any]:
    """Return any note on a page of this size."""
    kind = draw(st.sampled_from(["ink", "highlight", "underline", "strike", "text", "arrow", "box", "ellipse"]))
    x, y = points(width), points(height)
    shapes = {
        "ink": st.lists(st.tuples(x, y, st.integers(0, 100)), min_size=1, max_size=12).map(
            lambda found: {"points": [n for a, b, p in found for n in (a, b, p / 100)]}
        ),
        "text": st.tuples(x, y).map(lambda at: {"at": list(at)}),
        "arrow": st.tuples(x, y, x, y).map(lambda line: {"line": list(line)}),
        "box": rects(width, height).map(lambda rect: {"rect": rect}),
        "ellipse": rects(width, height).map(lambda rect: {"rect": rect}),
    }
    on_text = st.lists(rects(width, height), min_size=1, max_size=4).map(lambda found: {"rects": found})
    style = {
        "colour": draw(st.sampled_from(COLOURS)),
        "width": draw(st.sampled_from([0.5, 1.5, 3.0, 12.0])),
        "opacity": draw(st.sampled_from([0.35, 0.5, 1.0])),
    }
    replies = draw(st.dictionaries(KEYS, TEXT, max_size=2))
    more: dict[str, Any] = {"body": draw(TEXT), "style": style, "name": draw(TEXT.filter(str.strip))}
    if kind in ("highlight", "underline", "strike"):
        more["quote"] = {"exact": draw(TEXT), "prefix": draw(TEXT), "suffix": draw(TEXT)}
    more["replies"] = {
        key: {"owner": str(UUID(int=7)), "name": "Trần Văn Bình", "body": body, "at": "2026-11-20T09:00:00+00:00"}
        for key, body in replies.items()
    }
    return note(kind, draw(shapes.get(kind, on_text)), page=draw(st.integers(1, pages)), **more)
