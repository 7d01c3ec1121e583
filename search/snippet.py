"""The words around the first place found, with the places to mark. Pure."""

import re
from dataclasses import dataclass

from search.fold import fold, lowered
from search.query import Term

WIDTH = 160


@dataclass(frozen=True)
class Snippet:
    """A piece of the text and the (start, end) places in it to mark."""

    text: str
    marks: tuple[tuple[int, int], ...]

    def parts(self) -> list[tuple[str, bool]]:
        """Return the text cut into (piece, marked?) for a template."""
        pieces: list[tuple[str, bool]] = []
        at = 0
        for start, end in self.marks:
            pieces += [(self.text[at:start], False), (self.text[start:end], True)]
            at = end
        return [piece for piece in [*pieces, (self.text[at:], False)] if piece[0]]


def snippet(text: str, terms: list[Term], *, exact: bool) -> Snippet:
    """Return about `WIDTH` characters of NFC `text` around the first term, every term in them marked."""
    haystack = lowered(text) if exact else fold(text)
    pattern = re.compile("|".join(_pattern(term, exact=exact) for term in terms))
    first = pattern.search(haystack)
    start = max(0, (first.start() if first else 0) - WIDTH // 3)
    piece = text[start : start + WIDTH]
    marks = [match.span() for match in pattern.finditer(haystack[start : start + WIDTH])]
    return Snippet(piece, tuple(marks))


def _pattern(term: Term, *, exact: bool) -> str:
    """Return an expression for the term's words with anything but letters between them."""
    words = term.exact if exact else term.folded
    return r"(?<!\w)" + r"[\W_]+".join(re.escape(word) for word in words) + r"(?!\w)"
