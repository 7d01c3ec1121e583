"""The words around the first place found, with the places to mark. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from search.fold import LONGEST_WORD, fold, lowered
from search.query import Term

WIDTH = 160
_LOOKED_AT = 300  # places on one page


@dataclass(frozen=True)
class Snippet:
    """A piece of the text and the (start, end) places in it to mark."""

    text: str
    marks: tuple[tuple[int, int], ...]
    cut_before: bool = False
    cut_after: bool = False

    def parts(self) -> list[tuple[str, bool]]:
        """Return the text cut into (piece, marked?) for a template."""
        pieces: list[tuple[str, bool]] = []
        at = 0
        for start, end in self.marks:
            pieces += [(self.text[at:start], False), (self.text[start:end], True)]
            at = end
        return [piece for piece in [*pieces, (self.text[at:], False)] if piece[0]]


def snippet(text: str, terms: list[Term], *, exact: bool, begun: bool = False) -> Snippet:
    """Return about `WIDTH` characters of NFC `text` around where most of the terms stand, all of them marked.

    `begun`: the last word may go on, and is marked as far as it was typed. Words side by side are one mark.
    """
    haystack = lowered(text) if exact else fold(text)
    ends = [False] * (len(terms) - 1) + [begun]
    pattern = re.compile("|".join(_pattern(term, exact, open_end) for term, open_end in zip(terms, ends, strict=True)))
    start, end = _window(text, *_best(list(islice(pattern.finditer(haystack), _LOOKED_AT))))
    marks = [match.span() for match in pattern.finditer(haystack[start:end])]
    return Snippet(text[start:end], tuple(_joined(marks, text[start:end])), start > 0, end < len(text))


def _best(found: Sequence[re.Match[str]]) -> tuple[int, int]:
    """Return the first place from which on most different words stand close together."""
    best, most, last = (0, 0), 0, 0
    for place, match in enumerate(found):
        while last < len(found) and found[last].end() <= match.start() + WIDTH // 2:
            last += 1
        words = len({one[0] for one in found[place:last]} | {match[0]})
        if words > most:
            best, most = match.span(), words
    return best


def _joined(marks: Sequence[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    """Join marks with nothing but spaces between them."""
    rows: list[tuple[int, int]] = []
    for start, end in marks:
        if rows and not text[rows[-1][1] : start].strip():
            rows[-1] = (rows[-1][0], end)
        else:
            rows.append((start, end))
    return rows


def _window(text: str, first: int, last: int) -> tuple[int, int]:
    """Return where to cut, between words if there is a space to cut at."""
    start = max(0, first - WIDTH // 3)
    if start:
        start = text.find(" ", start, first) + 1 or start
    end = max(start + WIDTH, last)
    if end < len(text):
        cut = text.rfind(" ", last, end)
        end = cut if cut > 0 else end
    return start, end


def _pattern(term: Term, exact: bool, open_end: bool) -> str:
    """Return an expression for the term's words; what parts them in a text, if anything, is no letter and no digit."""
    words = term.exact if exact else term.folded
    ends = [False] * (len(words) - 1) + [open_end]
    return r"[\W_]*".join(_word(word, end) for word, end in zip(words, ends, strict=True))


def _word(word: str, open_end: bool) -> str:
    """Return an expression for one word that goes on in neither direction; a number may have zeros before it."""
    kind, zeros = (r"\d", "0*") if word.isdecimal() else (r"[^\W\d_]", "")
    end = "" if open_end or len(word) == LONGEST_WORD else f"(?!{kind})"
    return f"(?<!{kind}){zeros}{re.escape(word)}{end}"
