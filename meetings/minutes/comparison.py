"""What was changed by hand against the ledger's draft, word by word. Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from meetings.minutes.body import by_hand

WORDS = re.compile(r"\s+|[^\s]+")
MOST_WORDS = 4_000


@dataclass(frozen=True)
class Piece:
    """A run of words: `same`, `added` or `removed`."""

    kind: str
    text: str


@dataclass(frozen=True)
class Difference:
    """One block that reads otherwise than it was drafted."""

    section: str
    label: str
    key: str
    pieces: tuple[Piece, ...]


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """Return the runs that lead from one text to the other; joined without the removed ones they are `after`."""
    old, new = WORDS.findall(before), WORDS.findall(after)
    if len(old) + len(new) > MOST_WORDS:
        whole = (Piece("removed", before), Piece("added", after))
        return tuple(piece for piece in whole if piece.text)
    return tuple(_runs(old, new))


def _runs(old: list[str], new: list[str]) -> Iterator[Piece]:
    for tag, start, end, other, stop in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece("same", "".join(old[start:end]))
            continue
        if end > start:
            yield Piece("removed", "".join(old[start:end]))
        if stop > other:
            yield Piece("added", "".join(new[other:stop]))


def differences(body: Mapping[str, Any]) -> list[Difference]:
    """Return every block that was edited or added by hand, in order."""
    return [
        Difference(part["title"], block["label"], block["key"], pieces(block["fact"], block["text"]))
        for part in body["sections"]
        for block in part["blocks"]
        if by_hand(block) or (block["free"] and block["text"].strip())
    ]
