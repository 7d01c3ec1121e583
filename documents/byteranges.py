"""Reads the Range header of RFC 9110 for one file of known size."""

import re
from dataclasses import dataclass
from enum import Enum

_ONE_RANGE = re.compile(r"bytes\s*=\s*(\d*)\s*-\s*(\d*)", re.IGNORECASE | re.ASCII)
_LONGEST_HEADER = 200


@dataclass(frozen=True, slots=True)
class ByteRange:
    """The bytes from `start` on, `length` of them."""

    start: int
    length: int

    def content_range(self, size: int) -> str:
        """Return the value of the Content-Range header."""
        return f"bytes {self.start}-{self.start + self.length - 1}/{size}"


class Unsatisfiable(Enum):
    """The header asks for bytes the file does not have."""

    ANSWER = 416


def asked_range(header: str, size: int) -> ByteRange | Unsatisfiable | None:
    """Return the one range asked for; None means the whole file.

    Several ranges in one request, other units and what is not understood are ignored, as section 14.2 allows:
    no reader of ours sends them, and many small ranges are an attack.
    """
    found = _ONE_RANGE.fullmatch(header.strip()) if len(header) <= _LONGEST_HEADER else None
    if not found or found.groups() == ("", ""):
        return None
    first, last = found.groups()
    if not first:
        return _suffix(int(last), size)
    return _between(int(first), int(last) if last else size - 1, size)


def _suffix(count: int, size: int) -> ByteRange | Unsatisfiable:
    length = min(count, size)
    return ByteRange(size - length, length) if length else Unsatisfiable.ANSWER


def _between(start: int, last: int, size: int) -> ByteRange | Unsatisfiable | None:
    if last < start and start < size:
        return None
    return ByteRange(start, min(last, size - 1) - start + 1) if start < size else Unsatisfiable.ANSWER
