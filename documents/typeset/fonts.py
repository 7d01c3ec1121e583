"""Which typeface stands in for Times New Roman: metric twins first, all with every Vietnamese letter."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import typst

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Typeface:
    """A family and the folder of its files."""

    family: str
    folder: Path | None  # None: carried by the typesetter itself


CANDIDATES = (
    Typeface("Tinos", ROOT / "node_modules" / "@expo-google-fonts" / "tinos"),
    Typeface("Liberation Serif", Path("/usr/share/fonts/truetype/liberation2")),
    Typeface("Libertinus Serif", None),
)


def _has_files(face: Typeface) -> bool:
    return face.folder is None or any(face.folder.rglob("*.ttf"))


@cache
def typeface() -> Typeface:
    """Return the first candidate present; the last one always is."""
    return next(face for face in CANDIDATES if _has_files(face))


@cache
def font_book(face: Typeface) -> typst.Fonts:
    """Return only this face's files, so that nothing of the machine slips in."""
    folders = [face.folder] if face.folder else []
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=face.folder is None, font_paths=folders)
