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
    files: tuple[str, str, str, str] = ("", "", "", "")  # regular, italic, bold, bold italic

    def file(self, *, bold: bool, italic: bool) -> Path | None:
        """Return the file of one style, where the machine has it."""
        path = self.folder / self.files[2 * bold + italic] if self.folder else None
        return path if path and path.is_file() else None


CANDIDATES = (
    Typeface(
        "Tinos",
        ROOT / "node_modules" / "@expo-google-fonts" / "tinos",
        (
            "400Regular/Tinos_400Regular.ttf",
            "400Regular_Italic/Tinos_400Regular_Italic.ttf",
            "700Bold/Tinos_700Bold.ttf",
            "700Bold_Italic/Tinos_700Bold_Italic.ttf",
        ),
    ),
    Typeface(
        "Liberation Serif",
        Path("/usr/share/fonts/truetype/liberation2"),
        (
            "LiberationSerif-Regular.ttf",
            "LiberationSerif-Italic.ttf",
            "LiberationSerif-Bold.ttf",
            "LiberationSerif-BoldItalic.ttf",
        ),
    ),
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
