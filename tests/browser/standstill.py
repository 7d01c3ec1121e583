"""A browser that stands still is ended: closing one, and what a page is asked, have no time limit of their own."""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


def started_with(flag: str) -> list[int]:
    """Return the ids of the processes that have this among their arguments."""
    found = []
    for told in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):  # it has ended meanwhile
            if flag.encode() in told.read_bytes().split(b"\0"):
                found.append(int(told.parent.name))
    return found


@contextmanager
def ended_after(seconds: float, flag: str) -> Iterator[None]:
    """End the processes started with this flag if the block takes longer; what waits for them then fails."""

    def end() -> None:
        for pid in started_with(flag):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
