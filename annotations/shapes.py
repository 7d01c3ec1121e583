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

LARGEST, LARGEST_PAGE = 1e6, 14_400.0
Bound = tuple[float, float]
STROKE: list[Bound] = [(-MARGIN, LARGEST), (-MARGIN, LARGEST), (0, 1)]  # x, y, pressure
SIDE: Bound = (0, LARGEST)

# Of each kind: the name of what its shape holds, and how many numbers make one part.
FORMS: dict[str, tuple[str, int]] = {
    "ink": ("points", 3),
    **dict.fromkeys(ON_TEXT, ("rects", 4)),
    "text": ("at", 2),
    "arrow": ("line", 4),
    "box": ("rect", 4),
    "ellipse": ("rect", 4),
}


def shape_problem(kind: Any, shape: Any) -> str:
    """Return why this is no shape of the kind; empty when it is one."""
    if not isinstance(kind, str) or kind not in FORMS:
        return "note_kind_unknown"
    name, each = FORMS[kind]
    if not isinstance(shape, Mapping) or set(shape) != {name}:
        return "note_shape_wrong"
    numbers = numbers_of(kind, shape[name], each)
    if numbers is None:
        return "note_shape_wrong"
    return "note_too_large" if len(numbers) > MOST_NUMBERS else ""


def numbers_of(kind: str, value: Any, each: int) -> list[float] | None:
    """Return the numbers of a shape in a row, or None where it is not made of numbers as it should be."""
    if kind in ON_TEXT:
        whole = isinstance(value, list) and all(isinstance(part, list) and len(part) == each for part in value)
        value = [number for part in value for number in part] if whole else None
    elif kind != "ink" and isinstance(value, list) and len(value) != each:
        return None
    return value if are_numbers(value) and len(value) % each == 0 else None


def are_numbers(value: Any) -> bool:
    """Is this a list of finite numbers, not empty? Strokes are long: everything is asked of all at once."""
    if not isinstance(value, list) or not value or not set(map(type, value)) <= {int, float}:
        return False
    return min(value) > -LARGEST and max(value) < LARGEST and math.isfinite(sum(value))


def place_problem(kind: str, shape: Mapping[str, Any], size: Sequence[float] | None) -> str:
    """Return why a shape of this kind does not lie on a page of this size, or not far over its edge."""
    name, each = FORMS[kind]
    numbers = numbers_of(kind, shape[name], each) or []
    reach = (max(size) if size else LARGEST_PAGE) + MARGIN  # turned pages may be measured either way round
    bounds = {"ink": [*STROKE], "text": STROKE[:2], "arrow": STROKE[:2] * 2}.get(kind, [*STROKE[:2], SIDE, SIDE])
    columns = (numbers[place::each] for place in range(each))
    fits = all(
        low <= min(column) and max(column) <= min(high, reach)
        for column, (low, high) in zip(columns, bounds, strict=True)
    )
    return "" if fits else "note_off_page"


def rounded(value: Any) -> Any:
    """Return a shape with two decimals and whole numbers as such, as every database gives it back."""
    if isinstance(value, Mapping):
        return {name: rounded(part) for name, part in value.items()}
    if not isinstance(value, list):
        return shortest(value)
    if value and isinstance(value[0], list):
        return [rounded(part) for part in value]
    return [shortest(number) for number in value]


def shortest(number: Any) -> Any:
    """Return a number with two decimals, a whole one without any."""
    if type(number) is not float:
        return number
    short = round(number, 2)
    return int(short) if short.is_integer() else short


def style_problem(style: Any) -> str:
    """Return why this is no style: a colour of the palette, a width in points, how opaque."""
    if not isinstance(style, Mapping) or set(style) != {"colour", "width", "opacity"}:
        return "note_style_wrong"
    width, opacity = style["width"], style["opacity"]
    fits = are_numbers([width, opacity]) and 0 < width <= WIDEST and THINNEST_OPACITY <= opacity <= 1
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
