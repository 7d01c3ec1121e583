"""Vietnamese folding that keeps length, so that a place in the folded text is the same place in the text. Pure."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

MAX_PAGE_CHARACTERS = 100_000
_WORD = re.compile(r"\w+")


def composed(text: str) -> str:
    """Return the text in NFC: one character per Vietnamese letter with its marks."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Return NFC text without case, tones and letter marks, đ as d; as long as `composed(text)`."""
    return composed(text).translate(_FOLDED)


def lowered(text: str) -> str:
    """Return NFC text in lower case, tones kept; as long as `composed(text)`."""
    return composed(text).translate(_LOWERED)


def words(text: str) -> list[str]:
    """Return the words of an already folded or lowered text; an underscore separates like a space."""
    return _WORD.findall(text.replace("_", " "))


def _lower(char: str) -> str:
    lower = char.lower()
    return lower if len(lower) == 1 else char


def _folded(char: str) -> str:
    lower = _lower(char)
    if lower == "đ":
        return "d"
    base = unicodedata.normalize("NFD", lower)[0]
    return base if unicodedata.combining(lower) == 0 else lower


class _Table(dict[int, str]):
    """A translation table that learns a character when it first meets it."""

    def __init__(self, rule: Callable[[str], str]) -> None:
        self.rule = rule

    def __missing__(self, code: int) -> str:
        char = self[code] = self.rule(chr(code))
        return char


_FOLDED, _LOWERED = _Table(_folded), _Table(_lower)


@dataclass(frozen=True, slots=True)
class PageWords:
    """One page's text in NFC and its words, folded and exact: everything slow is done before the transaction."""

    text: str
    folded: str
    exact: str


def page_words(text: str) -> PageWords:
    """Read one page for the index; a NUL byte is text to a PDF and an error to PostgreSQL."""
    clean = composed(text.replace("\x00", " "))[:MAX_PAGE_CHARACTERS]
    return PageWords(clean, " ".join(words(fold(clean))), " ".join(words(lowered(clean))))
