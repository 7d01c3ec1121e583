"""What changed between two versions of a paper, page by page, from the text of their pages. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

SAME, CHANGED, ADDED, REMOVED = "same", "changed", "added", "removed"
MOST_WORDS = 4000  # a page with more is shown as a whole: comparing word by word grows with the square


@dataclass(frozen=True)
class PagePair:
    """A page of the older version beside one of the newer; 0 where there is none."""

    old: int
    new: int
    kind: str


@dataclass(frozen=True)
class Piece:
    """Some words, and whether they stayed, came or went."""

    kind: str
    text: str


def normal(text: str) -> str:
    """Return the text without what only layout changes."""
    return " ".join(text.split())


def paired(old: Sequence[str], new: Sequence[str]) -> list[PagePair]:
    """Return the pages side by side: an inserted page does not make the later ones different."""
    before, after = [normal(page) for page in old], [normal(page) for page in new]
    pairs: list[PagePair] = []
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        kind = SAME if tag == "equal" else CHANGED
        both = min(j - i, m - k)
        pairs += [PagePair(i + n + 1, k + n + 1, kind) for n in range(both)]
        pairs += [PagePair(page + 1, 0, REMOVED) for page in range(i + both, j)]
        pairs += [PagePair(0, page + 1, ADDED) for page in range(k + both, m)]
    return pairs


def changed_pages(old: Sequence[str], new: Sequence[str]) -> list[int]:
    """Return the pages of the newer version whose text is not in the older one's place."""
    return [pair.new for pair in paired(old, new) if pair.new and pair.kind != SAME]


def pieces(old: str, new: str) -> list[Piece]:
    """Return what stayed, went and came between two pages, word by word."""
    before, after = old.split(), new.split()
    if max(len(before), len(after)) > MOST_WORDS:
        return [*_said(REMOVED, before), *_said(ADDED, after)]
    found: list[Piece] = []
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        found += _said(SAME if tag == "equal" else REMOVED, before[i:j])
        found += _said(ADDED, after[k:m]) if tag != "equal" else ()
    return found


def _said(kind: str, words: Sequence[str]) -> Iterator[Piece]:
    if words:
        yield Piece(kind, " ".join(words))
