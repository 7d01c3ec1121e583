"""What a full-text table stores and is asked. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Part = Literal["titles", "pages"]
Column = Literal["folded", "exact"]
PARTS: tuple[Part, ...] = ("titles", "pages")
Params = list[str | int | list[str] | list[int]]

MANY_KEYS = 64
_KEY = re.compile(r"[a-z0-9_:]{1,80}")


def is_sound(key: str) -> bool:
    """Tell whether a key or facet is one word to the full-text tables."""
    return _KEY.fullmatch(key) is not None


@dataclass(frozen=True, slots=True)
class Row:
    """One title or page: its place among all results and its words, joined by single spaces."""

    place: int
    folded: str
    exact: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: all terms (each the words of a phrase), one of the keys, all facets, between two places."""

    part: Part
    column: Column
    terms: Sequence[Sequence[str]]
    folded: Sequence[Sequence[str]]  # the terms without marks, for what is kept of them only so
    keys: Sequence[str] = ()
    facets: Sequence[str] = ()
    after: int = -1
    before: int = (1 << 63) - 1
    begun: bool = False  # the last word may go on


def join_words(words: Sequence[str]) -> str:
    """Return a phrase as the tables hold it."""
    return " ".join(words)
