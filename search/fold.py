"""Vietnamese folding that keeps length, so that a place in the folded text is the same place in the text. Pure."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

MAX_PAGE_CHARACTERS = 100_000
LONGEST_WORD = 80  # PostgreSQL keeps no word of more than 2,046 bytes
WORDS = "2"  # what `words` makes of a text; another number has every index built anew
_WORD = re.compile(r"[^\W\d_]+|\d+")
_SYMBOL = re.compile(r"\s*[0-9]{1,9}[a-zđ]?/\S+", re.IGNORECASE)
_LEADING = re.compile(r"(?<![^ ])0+(?=[0-9])")


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
    """Return the words of a folded or lowered text: letters and digits apart, numbers without leading zeros."""
    return _joined(text).split()


def current_words() -> str:
    """Return what the words of an index depend on: how we read, and the letters this Python knows."""
    return f"{WORDS}:{unicodedata.unidata_version}"


def _joined(text: str) -> str:
    return _LEADING.sub("", " ".join([word[:LONGEST_WORD] for word in _WORD.findall(text)]))


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
    by_machine: bool = False


def page_words(text: str, *, by_machine: bool = False) -> PageWords:
    """Read one page for the index; a NUL byte is text to a PDF and an error to PostgreSQL.

    `by_machine`: the letters were recognised on a picture, and may be wrong.
    """
    clean = composed(text.replace("\x00", " "))[:MAX_PAGE_CHARACTERS]
    return PageWords(clean, _joined(clean.translate(_FOLDED)), _joined(clean.translate(_LOWERED)), by_machine)


def title_words(text: str) -> PageWords:
    """Read a title for the index; one that begins with a symbol (12/QĐ-UBND) is found by "số 12" too."""
    read = page_words(text)
    symbol = _SYMBOL.match(read.text)
    if symbol is None:
        return read
    said = page_words(symbol[0])
    return PageWords(read.text, f"{read.folded} so {said.folded}", f"{read.exact} số {said.exact}")
