"""Vietnamese personal names: NFC spelling and the order of lists. Pure."""

import unicodedata

# The order of Vietnamese letters and, within a letter, of its five marks (dấu): none, huyền, sắc, hỏi, ngã, nặng.
_LETTERS = {letter: index for index, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz0123456789", start=1)}
_TONES = {"": 0, "\u0300": 1, "\u0301": 2, "\u0309": 3, "\u0303": 4, "\u0323": 5}
_SHAPES = {"\u0306", "\u0302", "\u031b"}
_BETWEEN_WORDS, _END, _OTHER = "00", "0000", "99"
KEY_LENGTH = 400


def normalised(name: str) -> str:
    """Return the name in NFC with single spaces."""
    return " ".join(unicodedata.normalize("NFC", name).split())


def sort_key(full_name: str) -> str:
    """Return a key that sorts by given name, then by the rest, in Vietnamese letter order, marks last.

    It holds digits only (two a letter, one a mark), so that every database collation puts it in the same order.
    """
    words = normalised(full_name).lower().split()
    ordered = words[-1:] + words[:-1]
    letters = _BETWEEN_WORDS.join("".join(_letter_codes(word)) for word in ordered)
    marks = "".join(_mark_code(mark) for word in ordered for _, mark in _parts(word))
    return f"{letters}{_END}{marks}"[:KEY_LENGTH]


def _parts(text: str) -> list[tuple[str, str]]:
    """Return (letter with its shape, mark) pairs."""
    parts: list[tuple[str, str]] = []
    for char in unicodedata.normalize("NFD", text):
        if char in _TONES and parts:
            parts[-1] = (parts[-1][0], char)
        elif char in _SHAPES and parts:
            parts[-1] = (unicodedata.normalize("NFC", parts[-1][0] + char), parts[-1][1])
        else:
            parts.append((char, ""))
    return parts


def _letter_codes(word: str) -> list[str]:
    return [f"{_LETTERS[letter]:02d}" if letter in _LETTERS else _OTHER for letter, _ in _parts(word)]


def _mark_code(mark: str) -> str:
    return str(_TONES[mark])
