"""Numbers and symbols of documents (NĐ 30/2020/NĐ-CP, Art. 15 and Appendix I). Pure."""

import re

_FIELD = re.compile(r"\{(\w+)\}")
FIELDS = frozenset({"number", "year", "type", "body", "unit"})


class PatternError(ValueError):
    """A number pattern names an unknown part, or leaves out the number."""


def padded(number: int) -> str:
    """Return the number as documents show it: below 10 with a leading zero."""
    if number < 1:
        raise ValueError(f"numbers of a register start at 1, not {number}")
    return f"{number:02d}"


def following(last: int) -> int:
    """Return the next number of a book: one series without gaps, starting at 1."""
    return last + 1


def check_pattern(pattern: str) -> None:
    """Raise `PatternError` unless the pattern starts with the number and a slash and has only known parts."""
    unknown = set(_FIELD.findall(pattern)) - FIELDS
    if unknown or not pattern.startswith("{number}/"):
        raise PatternError(f"number pattern {pattern!r}")


def symbol(pattern: str, *, number: int, year: int, type_abbreviation: str, body: str, unit: str = "") -> str:
    """Return number and symbol, such as 01/TB-UBND or 12/UBND-VX; a part without text leaves with its hyphen."""
    check_pattern(pattern)
    return f"{padded(number)}/{notation(pattern, year=year, type_abbreviation=type_abbreviation, body=body, unit=unit)}"


def notation(pattern: str, *, year: int, type_abbreviation: str, body: str, unit: str = "") -> str:
    """Return what follows the number and its slash, known before the number is."""
    check_pattern(pattern)
    parts = {"year": str(year), "type": type_abbreviation, "body": body, "unit": unit}
    segments = pattern.removeprefix("{number}/").split("/")
    return "/".join(filter(None, (_segment(segment, parts) for segment in segments)))


def _segment(segment: str, parts: dict[str, str]) -> str:
    """Fill one piece between slashes; groups are joined by a hyphen, without spaces."""
    groups = (_FIELD.sub(lambda found: parts[found[1]], group) for group in segment.split("-"))
    return "-".join("".join(group.split()) for group in groups if group.strip())
