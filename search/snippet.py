"""The words around the first place found, with the places to mark. Pure."""

import re
from dataclasses import dataclass

from search.fold import LONGEST_WORD, fold, lowered
from search.query import Term

WIDTH = 160


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
    """Return about `WIDTH` characters of NFC `text` around the first term, every term in them marked.

    `begun`: the last word may go on, and is marked as far as it was typed.
    """
    haystack = lowered(text) if exact else fold(text)
    ends = [False] * (len(terms) - 1) + [begun]
    pattern = re.compile("|".join(_pattern(term, exact, open_end) for term, open_end in zip(terms, ends, strict=True)))
    found = pattern.search(haystack)
    start, end = _window(text, *(found.span() if found else (0, 0)))
    marks = [match.span() for match in pattern.finditer(haystack[start:end])]
    return Snippet(text[start:end], tuple(marks), cut_before=start > 0, cut_after=end < len(text))


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
