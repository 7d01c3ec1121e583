"""Vietnamese folding that keeps length, so that a place in the folded text is the same place in the text. Pure."""

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"\w+")


def composed(text: str) -> str:
    """Return the text in NFC: one character per Vietnamese letter with its marks."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Return NFC text without case, tones and letter marks, đ as d; as long as `composed(text)`."""
    return "".join(_folded(char) for char in composed(text))


def lowered(text: str) -> str:
    """Return NFC text in lower case, tones kept; as long as `composed(text)`."""
    return "".join(_lower(char) for char in composed(text))


def words(text: str) -> list[str]:
    """Return the words of an already folded or lowered text; an underscore separates like a space."""
    return _WORD.findall(text.replace("_", " "))


def _lower(char: str) -> str:
    lower = char.lower()
    return lower if len(lower) == 1 else char


@lru_cache(maxsize=4096)
def _folded(char: str) -> str:
    lower = _lower(char)
    if lower == "đ":
        return "d"
    base = unicodedata.normalize("NFD", lower)[0]
    return base if unicodedata.combining(lower) == 0 else lower
