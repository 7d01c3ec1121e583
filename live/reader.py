"""The thread that reads the log: when the bell rings, and every LIVE_POLL_MS although it did not."""

import logging
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from threading import Event, Lock, Thread
from typing import Any, TypeVar

from django.conf import settings
from django.db import connection
from django.db.utils import Error as DatabaseError

from live import log
from live.control import CONTROL
from live.frames import Frame
from live.log import End

logger = logging.getLogger(__name__)
R = TypeVar("R")
EVENTS_AT_ONCE = 500
AFTER_A_FAILURE = 0.25


@dataclass
class Tail:
    """How far one stream has been read."""

    stream_id: int
    epoch: str
    last: int


class Reader(Thread):
    """Owns one database connection; calls `deliver(stream, frames)` in order, `restarted(stream)` on a new epoch."""

    def __init__(self, deliver: Callable[[str, list[Frame]], None], restarted: Callable[[str], None]) -> None:
        super().__init__(name="live-reader", daemon=True)
        self._deliver, self._restarted = deliver, restarted
        self._tails: dict[str, Tail] = {}
        self._wake, self._lock = Event(), Lock()
        self._asked: list[tuple[Callable[[], Any], Future[Any]]] = []
        self._rung: dict[str, int] = {}
        self._version: int | None = None
        self._next_poll = 0.0
        self._stopping = False
        self.poll_seconds = settings.LIVE_POLL_MS / 1000

    # --- asked from other threads

    def rung(self, seqs: Mapping[str, int]) -> None:
        """Hear the bell."""
        with self._lock:
            for key, seq in seqs.items():
                self._rung[key] = max(seq, self._rung.get(key, 0))
        self._wake.set()

    def passed(self, key: str, seq: int) -> None:
        """Learn that the events up to `seq` have been delivered already."""
        tail = self._tails.get(key)
        if tail is not None and tail.last < seq:
            tail.last = seq

    def ask(self, work: Callable[[], R]) -> "Future[R]":
        """Have `work` done on the reader's thread and connection, between two readings."""
        future: Future[R] = Future()
        with self._lock:
            self._asked.append((work, future))
        self._wake.set()
        return future

    def rewind(self, key: str, seq: int) -> None:
        """Read again what comes after `seq`: something between was not delivered."""
        self.ask(lambda: self._rewind(key, seq))

    def open(self, key: str, opened: Callable[[End], None]) -> "Future[None]":
        """Begin to follow a stream: `opened` is called before anything is delivered that follows its end."""
        return self.ask(lambda: opened(self._open(key)))

    def close(self, key: str) -> None:
        """Follow a stream no more."""
        self.ask(lambda: self._tails.pop(key, None))

    def history(self, key: str, after: int, upto: int) -> "Future[list[Frame]]":
        """Read older events again; fewer than asked for means that they are no longer kept."""
        return self.ask(lambda: log.events(self._tails[key].stream_id, after, upto=upto, limit=upto - after))

    def stop(self) -> None:
        """End the thread after what it is doing."""
        self._stopping = True
        self._wake.set()

    # --- on the reader's own thread

    def run(self) -> None:
        """Read until stopped; a database that is away is asked again until it is back."""
        while not self._stopping:
            self._wake.wait(max(0.0, self._next_poll - time.monotonic()))
            self._wake.clear()
            try:
                self._turn()
            except DatabaseError as error:
                logger.warning("the log cannot be read, trying again: %s", error)
                connection.close()
                self._next_poll = 0.0
                self._version = None
                time.sleep(AFTER_A_FAILURE)
            except Exception:
                logger.exception("reading the log failed, trying again")
                time.sleep(AFTER_A_FAILURE)
        self._refuse_rest()
        connection.close()

    def _turn(self) -> None:
        """Answer what was asked, then read what moved."""
        with self._lock:
            asked, self._asked = self._asked, []
            rung, self._rung = self._rung, {}
        for work, future in asked:
            answer(work, future)
        for key in sorted(rung, key=lambda key: key == CONTROL):  # the last state first, then the closing
            self._read(key, rung[key])
        if time.monotonic() >= self._next_poll:
            self._next_poll = time.monotonic() + self.poll_seconds
            self._poll()

    def _poll(self) -> None:
        """Look for what no bell told of."""
        version = log.data_version()
        if version is not None and version == self._version:
            return
        for key, end in sorted(log.ends(self._tails).items(), key=lambda item: item[0] == CONTROL):
            if end.epoch != self._tails[key].epoch:
                self._tails[key] = Tail(end.stream_id, end.epoch, end.last)
                self._restarted(key)
            self._read(key, end.last)
        self._version = version

    def _open(self, key: str) -> End:
        end = log.opened(key)
        tail = self._tails.setdefault(key, Tail(end.stream_id, end.epoch, end.last))
        return End(tail.stream_id, tail.epoch, tail.last)

    def _rewind(self, key: str, seq: int) -> None:
        tail = self._tails.get(key)
        if tail is not None:
            upto, tail.last = max(tail.last, seq + 1), seq
            self._read(key, upto)

    def _read(self, key: str, upto: int) -> None:
        """Deliver a stream's events up to a number, in order and without a gap."""
        tail = self._tails.get(key)
        while tail is not None and tail.last < upto:
            after = tail.last  # the hub may move it on meanwhile
            frames = log.events(tail.stream_id, after, limit=EVENTS_AT_ONCE)
            if not frames:
                return
            if frames[0].seq > after + 1:  # what lies between is no longer kept
                tail.last = frames[-1].seq
                self._restarted(key)
                continue
            tail.last = max(tail.last, frames[-1].seq)
            self._deliver(key, frames)

    def _refuse_rest(self) -> None:
        with self._lock:
            asked, self._asked = self._asked, []
        for _, future in asked:
            future.set_exception(RuntimeError("the reader has stopped"))


def answer(work: Callable[[], R], future: "Future[R]") -> None:
    """Do what was asked and hand over the result or the failure."""
    if not future.set_running_or_notify_cancel():
        return
    try:
        future.set_result(work())
    except Exception as error:
        future.set_exception(error)
        if isinstance(error, DatabaseError):
            connection.close()  # the next one begins with a fresh connection
