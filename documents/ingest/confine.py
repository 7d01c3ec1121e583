"""Runs a program on a hostile file: own process group, limited, without our environment, killed as a whole."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from documents.ingest import launcher
from documents.ingest.limits import Allowance

PROJECT = Path(__file__).resolve().parents[2]
_LONGEST_LINE = 64 * 1024
# What programs, libraries, fonts and time zones are read from; nothing of ours is there.
_SYSTEM = ("/usr", "/lib", "/lib64", "/bin", "/sbin", "/etc", "/var/cache/fontconfig")
_DEVICES = (
    *("/dev/null", "/dev/zero", "/dev/urandom", "/dev/random"),
    *("/proc/self", "/proc/meminfo", "/proc/cpuinfo", "/sys/devices/system/cpu"),
)
# What ends a program at its limits; memory it may not have ends one in C++ by SIGABRT.
_TOO_HEAVY = (signal.SIGXCPU, signal.SIGKILL, signal.SIGXFSZ, signal.SIGABRT)
# A burst of uploads waits here instead of filling the memory.
_PLACES = threading.BoundedSemaphore(max(2, os.cpu_count() or 2))


class WorkerFailed(Exception):
    """The program did not end well; `too_heavy` when a limit stopped it."""

    def __init__(self, status: int, *, too_heavy: bool) -> None:
        super().__init__(f"worker ended with {status}")
        self.too_heavy = too_heavy


class Confined:
    """A running program with its allowance; leaving the block kills whatever of it is still alive."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        folder: Path,
        allowance: Allowance,
        reads: Iterable[Path] = (),
        pipes: Iterable[Path] = (),
    ) -> None:
        rights = json.dumps(_rights(folder, allowance, reads, pipes))
        start = [sys.executable, "-I", "-S", launcher.__file__, rights, *command]
        self._expired = False
        with (folder / "worker.log").open("ab") as log:
            self._process = subprocess.Popen(
                start,
                cwd=folder,
                env=_environment(folder),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
                start_new_session=True,
            )
        self._timer = threading.Timer(allowance.wall_seconds, self._expire)
        self._timer.daemon = True
        self._timer.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        self.kill()
        self._process.wait()
        if self._process.stdout:
            self._process.stdout.close()

    def lines(self) -> Iterator[str]:
        """Yield what the program prints, until it ends."""
        output = self._process.stdout
        while output and (line := output.readline(_LONGEST_LINE)):
            yield line.decode("utf-8", "replace").rstrip("\n")

    def finish(self) -> None:
        """Wait for the end; raise `WorkerFailed` unless it was a good one."""
        for _ in self.lines():
            pass
        status = self._process.wait()
        if status:
            raise WorkerFailed(status, too_heavy=self._expired or -status in _TOO_HEAVY)

    def kill(self) -> None:
        """Kill the whole group, also what the program left behind."""
        try:
            os.killpg(self._process.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            return

    def _expire(self) -> None:
        self._expired = True
        self.kill()


def run_confined(
    command: Sequence[str],
    *,
    folder: Path,
    allowance: Allowance,
    reads: Iterable[Path] = (),
    pipes: Iterable[Path] = (),
) -> None:
    """Run a program to its end in `folder`, or raise `WorkerFailed`; waits while too many others run."""
    with _PLACES, Confined(command, folder=folder, allowance=allowance, reads=reads, pipes=pipes) as running:
        running.finish()


def python_worker(module: str, *arguments: str) -> list[str]:
    """Return the command that runs one of our modules as a worker."""
    return [sys.executable, "-P", "-m", module, *arguments]


def _rights(folder: Path, allowance: Allowance, reads: Iterable[Path], pipes: Iterable[Path]) -> dict[str, object]:
    """Return what the launcher leaves to the program: its folder to write, programs and its source to read."""
    pythons = {sys.prefix, sys.base_prefix, sys.exec_prefix, str(PROJECT / "documents")}
    places = {
        "read": [*_SYSTEM, *_DEVICES, *sorted(pythons), *map(str, reads)],
        "listed": [str(PROJECT)],
        "write": [str(folder), "/dev/null"],
        "pipes": [*map(str, pipes)],
    }
    return {
        "memory": allowance.memory_bytes,
        "cpu": allowance.cpu_seconds,
        "file": allowance.file_bytes,
        "places": places,
    }


def _environment(folder: Path) -> dict[str, str]:
    """Return an environment without a secret of ours, and with no way to a proxy."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "PYTHONPATH": str(PROJECT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "LANG": "C.UTF-8",
        "TZ": "Asia/Ho_Chi_Minh",
    }
