"""What a note may look like: kinds, shapes in points, style, limits. Pure; each check gives a reason code or none."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

COLOURS = ("#c62828", "#ef6c00", "#f9c80e", "#2e7d32", "#1565c0", "#6a1b9a", "#00838f", "#212121")
ON_TEXT = ("highlight", "underline", "strike")
MOST_NUMBERS = 20_000
LONGEST_BODY = 4_000
LONGEST_EXACT, LONGEST_BESIDE = 4_000, 300
MARGIN = 300.0  # a stroke may run over the edge of the page, not away from it
WIDEST = 60.0
THINNEST_OPACITY = 0.05

# Of each kind: the name of what its shape holds, how many numbers make one part, whether there may be many parts.
FORMS: dict[str, tuple[str, int, bool]] = {
    "ink": ("points", 3, True),
    **dict.fromkeys(ON_TEXT, ("rects", 4, True)),
    "text": ("at", 2, False),
    "arrow": ("line", 4, False),
    "box": ("rect", 4, False),
    "ellipse": ("rect", 4, False),
}


def shape_problem(kind: Any, shape: Any, size: Sequence[float] | None) -> str:
    """Return why this is no shape of the kind on a page of this size; empty when it is one."""
    if not isinstance(kind, str) or kind not in FORMS:
        return "note_kind_unknown"
    name, each, _ = FORMS[kind]
    if not isinstance(shape, Mapping) or set(shape) != {name}:
        return "note_shape_wrong"
    parts = parts_of(kind, shape[name], each)
    if parts is None:
        return "note_shape_wrong"
    if sum(len(part) for part in parts) > MOST_NUMBERS:
        return "note_too_large"
    return "" if all(lies_on(kind, part, size) for part in parts) else "note_off_page"


def parts_of(kind: str, value: Any, each: int) -> list[list[float]] | None:
    """Return the points or rectangles a shape consists of, or None where it is not made of numbers as it should be."""
    if kind == "ink":
        usable = are_numbers(value) and value and len(value) % each == 0
        return [value[start : start + each] for start in range(0, len(value), each)] if usable else None
    parts = value if kind in ON_TEXT else [value]
    usable = isinstance(parts, list) and parts and all(are_numbers(part) and len(part) == each for part in parts)
    return parts if usable else None


def are_numbers(value: Any) -> bool:
    """Is this a list of finite numbers?"""
    return isinstance(value, list) and all(is_number(one) for one in value)


def is_number(value: Any) -> bool:
    """Is this a finite number, and no truth value?"""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e6 and math.isfinite(value)


def lies_on(kind: str, part: Sequence[float], size: Sequence[float] | None) -> bool:
    """Does the part lie on the page, or not far over its edge? Turned pages may be measured either way round."""
    reach = (max(size) if size else 14_400.0) + MARGIN
    places = part[:2] if kind == "ink" else part
    sides = kind in (*ON_TEXT, "box", "ellipse")
    return (
        all(-MARGIN <= place <= reach for place in places)
        and not (kind == "ink" and not 0 <= part[2] <= 1)
        and not (sides and (part[2] < 0 or part[3] < 0))
    )


def rounded(value: Any) -> Any:
    """Return a shape with two decimals, as it is kept."""
    if isinstance(value, Mapping):
        return {name: rounded(part) for name, part in value.items()}
    if isinstance(value, list):
        return [rounded(part) for part in value]
    return round(value, 2) if isinstance(value, float) else value


def style_problem(style: Any) -> str:
    """Return why this is no style: a colour of the palette, a width in points, how opaque."""
    if not isinstance(style, Mapping) or set(style) != {"colour", "width", "opacity"}:
        return "note_style_wrong"
    width, opacity = style["width"], style["opacity"]
    fits = is_number(width) and is_number(opacity) and 0 < width <= WIDEST and THINNEST_OPACITY <= opacity <= 1
    return "" if fits and style["colour"] in list(COLOURS) else "note_style_wrong"


def quote_problem(kind: Any, quote: Any) -> str:
    """Return why these are no quoted words; marks on text have some, others none."""
    if quote is None:
        return ""
    if kind not in ON_TEXT or not isinstance(quote, Mapping) or set(quote) != {"exact", "prefix", "suffix"}:
        return "note_quote_wrong"
    if not all(isinstance(words, str) for words in quote.values()):
        return "note_quote_wrong"
    long = len(quote["exact"]) > LONGEST_EXACT or max(len(quote["prefix"]), len(quote["suffix"])) > LONGEST_BESIDE
    return "note_too_large" if long else ""


def body_problem(body: Any) -> str:
    """Return why this cannot be the text of a note."""
    if not isinstance(body, str):
        return "bad_operation"
    return "note_text_long" if len(body) > LONGEST_BODY else ""
