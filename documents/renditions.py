"""Pictures of pages and their text, made once by confined workers; shown before the reader has the page itself."""

import json
import queue
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from documents.blobs.protocol import file_sha256
from documents.ingest.confine import Confined, WorkerFailed, python_worker
from documents.ingest.limits import LIMITS, Limits
from documents.ingest.preview_worker import picture_name, text_name
from documents.ingest.text import storable

THUMBNAIL, READING = 320, 1400
WIDTHS = (THUMBNAIL, READING)
MEDIA_TYPE = "image/webp"
_WORKER = "documents.ingest.preview_worker"
_WIDEST_LETTER = 4  # bytes


@dataclass(frozen=True, slots=True)
class Picture:
    """One page in one width; `width` is the one asked for, `size` counts bytes."""

    path: Path
    width: int
    height: int
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class PagePreview:
    """The pictures of one page, none when it cannot be drawn; its text, None where it carries a secrecy mark."""

    page: int
    pictures: tuple[Picture, ...]
    text: str | None = ""


def previews(
    pdf: Path, *, folder: Path, widths: tuple[int, ...] = WIDTHS, workers: int = 2, limits: Limits = LIMITS
) -> Iterator[PagePreview]:
    """Draw and read every page in `folder` and yield each as it is done, early pages first: counted, the progress.

    Raises `WorkerFailed` at the end when a worker died; what was yielded before is good. Closing the iterator
    kills the workers.
    """
    told: queue.Queue[str | WorkerFailed | None] = queue.Queue()
    with ExitStack() as running:
        for first in range(1, workers + 1):
            said = [str(workers), json.dumps(widths), str(limits.page_seconds), str(first)]
            command = python_worker(_WORKER, str(pdf), *said)
            worker = running.enter_context(Confined(command, folder=folder, allowance=limits.previews, reads=[pdf]))
            threading.Thread(target=_listen, args=(worker, told), daemon=True).start()
        yield from _collected(told, workers, folder, limits)


def _listen(worker: Confined, told: "queue.Queue[str | WorkerFailed | None]") -> None:
    """Pass on what a worker prints, then how it ended."""
    try:
        for line in worker.lines():
            told.put(line)
        worker.finish()
        told.put(None)
    except (WorkerFailed, ValueError, OSError) as error:
        told.put(error if isinstance(error, WorkerFailed) else None)


def _collected(
    told: "queue.Queue[str | WorkerFailed | None]", workers: int, folder: Path, limits: Limits
) -> Iterator[PagePreview]:
    left, had = limits.max_text_characters, set[int]()
    failure: WorkerFailed | None = None
    while workers:
        message = told.get()
        if not isinstance(message, str):
            failure = message or failure
            workers -= 1
        elif (told_of := json.loads(message))["page"] not in had:
            page = _preview(told_of, folder, min(left, limits.max_page_characters))
            left -= len(page.text or "")
            had.add(page.page)
            yield page
    if failure:
        raise failure


def _preview(message: dict[str, Any], folder: Path, most: int) -> PagePreview:
    page = int(message["page"])
    pictures = tuple(_picture(folder, page, asked, height) for asked, _, height in message["pictures"])
    return PagePreview(page, pictures, None if message["marked"] else _text(folder / text_name(page), most))


def _text(path: Path, most: int) -> str:
    """Read what the worker wrote; it has seen a hostile file, so it is not believed blindly either."""
    if path.is_symlink() or not path.is_file():
        raise WorkerFailed(0, too_heavy=False)
    with path.open("rb") as file:
        text = file.read(most * _WIDEST_LETTER).decode("utf-8", "ignore")
    path.unlink()
    return storable(text[:most])


def _picture(folder: Path, page: int, width: int, height: int) -> Picture:
    path = folder / picture_name(page, int(width))
    if path.is_symlink():
        raise WorkerFailed(0, too_heavy=False)
    return Picture(path, int(width), int(height), file_sha256(path), path.stat().st_size)
