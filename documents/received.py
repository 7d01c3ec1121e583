"""A file that passed the gate and lies in the store, before any row knows it. Pure."""

from dataclasses import dataclass

PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class StoredFile:
    """Bytes in the store."""

    sha256: str
    size: int
    media_type: str


@dataclass(frozen=True, slots=True)
class Received:
    """One file: as it came (`original`), and the PDF that is shown (`rendition`, often the same bytes)."""

    file_name: str
    original: StoredFile
    rendition: StoredFile
    page_sizes: tuple[tuple[float, float], ...]
    notes: tuple[tuple[str, str], ...] = ()
