"""Vietnamese personal names: NFC spelling and the order of lists. Pure."""

import unicodedata

# The order of Vietnamese letters and, within a letter, of its five marks (dấu): none, huyền, sắc, hỏi, ngã, nặng.
_LETTERS = {letter: index for index, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")}
_TONES = {"": 0, "\u0300": 1, "\u0301": 2, "\u0309": 3, "\u0303": 4, "\u0323": 5}
_SHAPES = {"\u0306", "\u0302", "\u031b"}


def normalised(name: str) -> str:
    """Return the name in NFC with single spaces."""
    return " ".join(unicodedata.normalize("NFC", name).split())


def sort_key(full_name: str) -> str:
    """Return a key that sorts by given name, then by the rest, in Vietnamese letter and tone order."""
    words = normalised(full_name).lower().split()
    ordered = words[-1:] + words[:-1]
    letters = "  ".join("".join(_letter_codes(word)) for word in ordered)
    tones = "".join(_tone_codes(" ".join(ordered)))
    return f"{letters}|{tones}"[:160]


def _parts(text: str) -> list[tuple[str, str]]:
    """Return (letter with its shape, tone) pairs."""
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
    return [chr(ord("A") + _LETTERS[letter]) if letter in _LETTERS else letter for letter, _ in _parts(word)]


def _tone_codes(text: str) -> list[str]:
    return [str(_TONES[tone]) for _, tone in _parts(text)]
