"""Letters of stored PDFs and where they stand, read by a confined worker; slow, so outside any transaction."""

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from documents.blobs.store import blob_store
from documents.ingest.confine import python_worker, run_confined
from documents.ingest.letters_worker import RESULT
from documents.ingest.limits import LIMITS


def letters_of(sha256: str) -> list[str]:
    """Return the letters of every page of a stored PDF, one character for each place."""
    return [str(page) for page in _asked(sha256, "")]


def places_of(sha256: str, spans: Sequence[tuple[int, int, int]]) -> list[list[list[float]]]:
    """Return for each (page, start, end) of letters the lines they take, in points of the unrotated page."""
    return [list(lines) for lines in _asked(sha256, json.dumps(spans))] if spans else []


def _asked(sha256: str, spans: str) -> list[Any]:
    with tempfile.TemporaryDirectory(prefix="nghisu-letters-") as name:
        folder = Path(name)
        pdf = folder / "rendition.pdf"
        with pdf.open("wb") as file:
            for chunk in blob_store().open_range(sha256):
                file.write(chunk)
        command = python_worker("documents.ingest.letters_worker", str(pdf), spans)
        run_confined(command, folder=folder, allowance=LIMITS.inspection)
        return list(json.loads((folder / RESULT).read_text(encoding="utf-8")))
