"""File names that every system can unpack: no way out of the folder, no reserved words, no two alike. Pure."""

import re
import unicodedata
from pathlib import PurePosixPath

LONGEST = 80
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+')
_RESERVED = {"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(10))}
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,5}")
UNNAMED = "khong-ten"


def safe(name: str, *, longest: int = LONGEST) -> str:
    """Return one part of a path: NFC, without what any system forbids, not too long, never empty."""
    plain = " ".join(_FORBIDDEN.sub(" ", unicodedata.normalize("NFC", name)).split())
    plain = "".join(char for char in plain if unicodedata.category(char) not in {"Cs", "Cn", "Co"})
    plain = plain[:longest].strip(" .")
    if not plain:
        return UNNAMED
    return f"_{plain}" if plain.split(".")[0].strip().lower() in _RESERVED else plain


def suffix_of(file_name: str) -> str:
    """Return the ending of a file name where it is an ordinary one, else nothing."""
    found = PurePosixPath(file_name.replace("\\", "/")).suffix
    return found.lower() if _SUFFIX.fullmatch(found) else ""


class Paths:
    """The paths of one archive: each is given out once, whatever the case of its letters."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def path(self, *folders: str, name: str, suffix: str = "") -> str:
        """Return a path of safe parts nothing else has; a second file of a name gets a number."""
        parts = [safe(folder) for folder in folders]
        stem = safe(name)
        for number in range(1, 100_000):
            last = stem if number == 1 else f"{stem} ({number})"
            made = "/".join([*parts, last + suffix])
            if made.casefold() not in self._taken:
                self._taken.add(made.casefold())
                return made
        raise ValueError(f"too many files of one name: {stem}")
