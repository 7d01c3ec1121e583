"""The guides that come with the program: Markdown in `texts/<language>/`, each with a head of `key: value` lines."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

SOURCE = Path(__file__).resolve().parent / "texts"
FALLBACK = "vi"


@dataclass(frozen=True)
class BuiltIn:
    """One guide of the program, for these roles (none: for everybody)."""

    slug: str
    title: str
    roles: tuple[str, ...]
    place: int
    icon: str
    body: str


def read(path: Path) -> BuiltIn:
    """Read one file: the head ends at the first empty line."""
    head, _, body = path.read_text(encoding="utf-8").partition("\n\n")
    told = dict(line.split(": ", 1) for line in head.splitlines())
    roles = tuple(told.get("roles", "").split())
    return BuiltIn(path.stem, told["title"], roles, int(told["place"]), told["icon"], body)


@lru_cache(maxsize=4)
def builtin_guides(language: str) -> tuple[BuiltIn, ...]:
    """Return the guides in that language, first to last; a language without guides gets the Vietnamese ones."""
    folder = SOURCE / language if (SOURCE / language).is_dir() else SOURCE / FALLBACK
    return tuple(sorted(map(read, folder.glob("*.md")), key=lambda guide: guide.place))


def builtin_guide(language: str, slug: str) -> BuiltIn | None:
    """Return one guide by its name, if there is one."""
    return next((guide for guide in builtin_guides(language) if guide.slug == slug), None)
