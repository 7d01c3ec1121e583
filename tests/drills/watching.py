"""Watches the children of a server that touch hostile files: how long each lived, and the most memory it held."""

import contextlib
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import psutil

MODULE = "documents.ingest."
EVERY = 0.04


@dataclass
class Worker:
    """One process, as it was last seen."""

    module: str
    began: float
    seen: float
    memory: int = 0

    @property
    def seconds(self) -> float:
        """How long it was seen alive."""
        return self.seen - self.began


@dataclass
class Watch:
    """Looks at a server's children many times a second, until the block ends."""

    server: int
    workers: dict[int, Worker] = field(default_factory=dict)
    ending: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> "Watch":
        self.thread = threading.Thread(target=self.look, daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.ending.set()
        self.thread.join()

    def look(self) -> None:
        """Note every child that is one of our workers."""
        parent = psutil.Process(self.server)
        while not self.ending.wait(EVERY):
            for child in parent.children(recursive=True):
                with contextlib.suppress(psutil.Error, OSError, ValueError):
                    self.note(child)

    def note(self, child: psutil.Process) -> None:
        """Note one child; the launcher becomes the worker, so its name is asked for until it has one."""
        now = time.monotonic()
        known = self.workers.get(child.pid)
        if known is None:
            module = next((word for word in child.cmdline() if word.startswith(MODULE)), "")
            if not module:
                return
            known = self.workers[child.pid] = Worker(module, now, now)
        known.seen = now
        known.memory = max(known.memory, held(child.pid))

    def of(self, module: str, since: float = 0) -> list[Worker]:
        """Return the workers of one kind that began after a moment."""
        return [one for one in list(self.workers.values()) if one.module == MODULE + module and one.began >= since]


def held(pid: int) -> int:
    """Return the most memory a process has held so far, in bytes."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM")), 0)
