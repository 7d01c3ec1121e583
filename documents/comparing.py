"""The text of versions for comparing them: read by the confined worker, slow, so outside any transaction."""

import tempfile
from pathlib import Path

from documents.blobs.store import blob_store
from documents.ingest.gate import inspect
from documents.models import Version


def texts_of(version: Version) -> list[str]:
    """Return the text of each page of a version."""
    return stored_texts(version.rendition.sha256)


def stored_texts(sha256: str) -> list[str]:
    """Return the text of each page of a stored PDF."""
    with tempfile.TemporaryDirectory(prefix="nghisu-compare-") as name:
        pdf = Path(name) / "rendition.pdf"
        with pdf.open("wb") as file:
            for chunk in blob_store().open_range(sha256):
                file.write(chunk)
        return text_of(pdf, Path(name))


def text_of(pdf: Path, folder: Path) -> list[str]:
    """Return the text of each page; a file the worker gives up on has none."""
    own = folder / "text"
    own.mkdir()
    return list(inspect(pdf, file_name=pdf.name, folder=own).text_pages)
