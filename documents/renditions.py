"""Pictures of pages, drawn once by confined workers and shown before the reader has the page itself."""

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
from documents.ingest.preview_worker import picture_name

THUMBNAIL, READING = 320, 1400
WIDTHS = (THUMBNAIL, READING)
MEDIA_TYPE = "image/webp"
_WORKER = "documents.ingest.preview_worker"


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
    """The pictures of one page; none when the page cannot be drawn."""

    page: int
    pictures: tuple[Picture, ...]


def previews(
    pdf: Path, *, folder: Path, widths: tuple[int, ...] = WIDTHS, workers: int = 2, limits: Limits = LIMITS
) -> Iterator[PagePreview]:
    """Draw every page into `folder` and yield each as it is done, early pages first; counting them is the progress.

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
        yield from _collected(told, workers, folder)


def _listen(worker: Confined, told: "queue.Queue[str | WorkerFailed | None]") -> None:
    """Pass on what a worker prints, then how it ended."""
    try:
        for line in worker.lines():
            told.put(line)
        worker.finish()
        told.put(None)
    except (WorkerFailed, ValueError, OSError) as error:
        told.put(error if isinstance(error, WorkerFailed) else None)


def _collected(told: "queue.Queue[str | WorkerFailed | None]", workers: int, folder: Path) -> Iterator[PagePreview]:
    failure: WorkerFailed | None = None
    while workers:
        message = told.get()
        if isinstance(message, str):
            yield _preview(json.loads(message), folder)
        else:
            failure = message or failure
            workers -= 1
    if failure:
        raise failure


def _preview(message: dict[str, Any], folder: Path) -> PagePreview:
    page = int(message["page"])
    return PagePreview(page, tuple(_picture(folder, page, asked, height) for asked, _, height in message["pictures"]))


def _picture(folder: Path, page: int, width: int, height: int) -> Picture:
    path = folder / picture_name(page, int(width))
    if path.is_symlink():
        raise WorkerFailed(0, too_heavy=False)
    return Picture(path, int(width), int(height), file_sha256(path), path.stat().st_size)
