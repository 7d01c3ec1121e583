"""Letters of stored PDFs and where they stand, read by a confined worker; slow, so outside any transaction.

However many ask, one file is read at a time: uploads find a place for their workers. What was read is kept for minutes.
"""

import json
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

from documents.blobs.protocol import BlobMissing
from documents.blobs.store import blob_store
from documents.ingest.confine import WorkerFailed, python_worker, run_confined
from documents.ingest.letters_worker import RESULT
from documents.ingest.limits import LIMITS
from documents.letters_kept import LettersKept

PATIENCE = 30.0  # seconds
_turn = Lock()
_kept = LettersKept()


class LettersUnread(Exception):
    """The letters could not be read: the file is odd or gone, or too many are asked for."""


def letters_of(sha256: str) -> list[str]:
    """Return the letters of every page of a stored PDF, one character for each place, or raise `LettersUnread`."""
    found = _kept.get(sha256)
    if found is None:
        with _own_turn():
            found = _kept.get(sha256) or _kept.put(sha256, _read(sha256))
    if found.pages is None:
        raise LettersUnread(sha256)
    return found.pages


def places_of(sha256: str, spans: Sequence[tuple[int, int, int]]) -> list[list[list[float]]]:
    """Return for each (page, start, end) of letters the lines they take, in points of the unrotated page."""
    if not spans:
        return []
    with _own_turn():
        return [list(lines) for lines in _asked(sha256, json.dumps(spans))]


@contextmanager
def _own_turn() -> Iterator[None]:
    """Wait until nobody else reads letters, for so long."""
    if not _turn.acquire(timeout=PATIENCE):
        raise LettersUnread
    try:
        yield
    finally:
        _turn.release()


def _read(sha256: str) -> list[str] | None:
    """Return the letters of every page; None where they cannot be read."""
    try:
        return [str(page) for page in _asked(sha256, "")]
    except LettersUnread:
        return None


def _asked(sha256: str, spans: str) -> list[Any]:
    with tempfile.TemporaryDirectory(prefix="nghisu-letters-") as name:
        folder = Path(name)
        pdf = folder / "rendition.pdf"
        command = python_worker("documents.ingest.letters_worker", str(pdf), spans)
        try:
            with pdf.open("wb") as file:
                for chunk in blob_store().open_range(sha256):
                    file.write(chunk)
            run_confined(command, folder=folder, allowance=LIMITS.inspection)
        except (BlobMissing, WorkerFailed) as failed:
            raise LettersUnread(sha256) from failed
        return list(json.loads((folder / RESULT).read_text(encoding="utf-8")))
