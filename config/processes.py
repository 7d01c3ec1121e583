"""Child processes of `serve`: started, watched, started again when they die, and ended with their parent."""

import ctypes
import gc
import logging
import os
import resource
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

logger = logging.getLogger(__name__)

PARENT = "NGHISU_PARENT"
PR_SET_PDEATHSIG = 1
M_ARENA_MAX = -8
STOP_SECONDS = 15.0
FASTEST_RESTART = 2.0
SLOWEST_RESTART = 60.0


def raise_file_limit() -> int:
    """Allow as many open files as the system grants: every tablet in the room is one."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 65_536 if hard == resource.RLIM_INFINITY else hard
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return resource.getrlimit(resource.RLIMIT_NOFILE)[0]


def keep_memory_together() -> None:
    """Let all threads share two heaps: by default each gets its own, and what one freed serves no other."""
    if sys.platform == "linux" and hasattr(libc := ctypes.CDLL(None), "mallopt"):
        libc.mallopt(M_ARENA_MAX, 2)


def leave_with_parent() -> None:
    """Called in a child: end when the parent that started it is gone, even if that was killed."""
    parent = os.environ.get(PARENT)
    if parent is None:
        return
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != int(parent):
        sys.exit(0)


class Twin:
    """A process made of this one while it still does nothing: what both have loaded lies in memory once.

    It runs from `begin` on, and ends if this process ends before. To be made before there are threads or connections.
    """

    def __init__(self, run: Callable[[], object]) -> None:
        gc.collect()
        gc.freeze()  # or the next look for garbage would write on every page and so divide it
        self.returncode: int | None = None
        parent, (told, self._telling) = os.getpid(), os.pipe()
        sys.stdout.flush()
        sys.stderr.flush()
        self.pid = os.fork()
        if not self.pid:
            os.close(self._telling)
            os._exit(self._live(parent, told, run))
        os.close(told)

    def _live(self, parent: int, told: int, run: Callable[[], object]) -> int:
        """Be the twin; return the status to end with. It has a session of its own, as every child."""
        try:
            os.setsid()
            os.environ[PARENT] = str(parent)
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            if os.read(told, 1):
                run()
        except SystemExit as end:
            return end.code if isinstance(end.code, int) else int(end.code is not None)
        except BaseException:
            traceback.print_exc()
            return 1
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
        return 0

    def begin(self) -> None:
        """Let it run; one that has died meanwhile is noticed by whoever watches."""
        with suppress(BrokenPipeError):
            os.write(self._telling, b"1")
        os.close(self._telling)

    def poll(self) -> int | None:
        """Return the status it has ended with, if it has."""
        if self.returncode is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            self.returncode = os.waitstatus_to_exitcode(status) if pid else None
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait until it has ended."""
        deadline = time.monotonic() + (float("inf") if timeout is None else timeout)
        while (status := self.poll()) is None:
            if time.monotonic() > deadline:
                raise subprocess.TimeoutExpired("twin", timeout or 0.0)
            time.sleep(0.02)
        return status

    def terminate(self) -> None:
        """Ask it to end."""
        if self.poll() is None:
            os.kill(self.pid, signal.SIGTERM)


@dataclass
class Child:
    """One command of manage.py kept running; a twin that stands ready is its first process."""

    name: str
    arguments: Sequence[str]
    twin: Twin | None = None
    process: subprocess.Popen[bytes] | Twin | None = None
    started: float = 0.0
    pause: float = FASTEST_RESTART
    due: float = 0.0


@dataclass
class Crew:
    """The children of one server; `watch` is called about once a second by the server's own loop."""

    children: list[Child]
    environment: Mapping[str, str] = field(default_factory=dict)
    clock: Callable[[], float] = time.monotonic
    stopping: bool = False

    def start(self) -> None:
        """Start every child."""
        for child in self.children:
            self.launch(child)

    def launch(self, child: Child) -> None:
        """Start one child in a session of its own, so that Ctrl-C reaches only the parent, which then ends it."""
        child.started = self.clock()
        if child.twin is not None:
            child.process, child.twin = child.twin, None
            child.process.begin()
            return
        manage = Path(__file__).resolve().parent.parent / "manage.py"
        environment = {**os.environ, **self.environment, PARENT: str(os.getpid())}
        child.process = subprocess.Popen(
            [sys.executable, str(manage), *child.arguments],
            stdin=subprocess.DEVNULL,
            env=environment,
            start_new_session=True,
        )

    def watch(self) -> None:
        """Start again what has died, waiting longer each time it dies at once."""
        for child in self.children:
            if self.stopping or child.process is None or child.process.poll() is None:
                continue
            now = self.clock()
            if not child.due:
                child.due = now + self.next_pause(child, now)
                logger.error("%s ended with status %s; it is started again", child.name, child.process.returncode)
            elif now >= child.due:
                child.due = 0.0
                self.launch(child)

    def next_pause(self, child: Child, now: float) -> float:
        """Return how long to wait: short after a long life, doubling when it keeps dying."""
        lived = now - child.started
        child.pause = FASTEST_RESTART if lived > SLOWEST_RESTART else min(child.pause * 2, SLOWEST_RESTART)
        return child.pause if lived < SLOWEST_RESTART else 0.0

    def stop(self) -> None:
        """Ask every child to finish what it does, and end those that take too long."""
        self.stopping = True
        running = [child.process for child in self.children if child.process and child.process.poll() is None]
        for process in running:
            process.terminate()
        deadline = self.clock() + STOP_SECONDS
        for process in running:
            try:
                process.wait(timeout=max(0.1, deadline - self.clock()))
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
