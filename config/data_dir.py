"""Who uses the data folder: servers share it; restoring and resetting need it alone."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class InUse(Exception):
    """Another process has the data folder."""


@contextmanager
def held(data_dir: Path, *, alone: bool) -> Iterator[None]:
    """Hold the data folder's lock, shared or alone; the system frees it when the process ends, however it ends."""
    data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(data_dir / "in-use.lock", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(handle)
        raise InUse(f"{data_dir} is in use: stop the server that runs on it, then try again.") from error
    try:
        yield
    finally:
        os.close(handle)
