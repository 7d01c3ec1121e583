"""Two lanes of one stream: what was done is written at once; counters, which others follow soon, four times a second.

Log and numbers know nothing of this. Counters that wait are written as one frame, at the latest before whatever else
happens, so that the order stays what it was.
"""

import asyncio
import json
from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from itertools import groupby

from live.frames import Frame, compact
from live.patch import NotOnePatch, composed

PAUSE = 0.25
_counters: set[str] = set()


def register_counter(kind: str) -> None:
    """Let events of this kind wait for each other."""
    _counters.add(kind)


def counts(frame: Frame) -> bool:
    """Is this the event of a counter?"""
    return frame.kind in _counters


class Lanes:
    """Hands events on to `write`, in order; `waiting` are those that were not written yet."""

    def __init__(self, write: Callable[[Sequence[Frame]], None]) -> None:
        self.waiting: list[Frame] = []
        self._write = write
        self._due = 0.0
        self._timer: asyncio.TimerHandle | None = None

    def carry(self, frames: Iterable[Frame]) -> None:
        """Write new events, or let them wait."""
        for waits, run in groupby(frames, counts):
            if waits:
                self.waiting += run
            else:
                self._empty()
                self._write(list(run))
        if self.waiting and self._timer is None:
            self._pace()

    def _pace(self) -> None:
        """Write what waits now if the pause is over, otherwise when it is."""
        loop = asyncio.get_running_loop()
        if loop.time() >= self._due:
            self._empty()
        else:
            self._timer = loop.call_at(self._due, self._late)

    def _late(self) -> None:
        self._timer = None
        if self.waiting:
            self._pace()

    def _empty(self) -> None:
        if self.waiting:
            waiting, self.waiting = self.waiting, []
            self._write(together(waiting))
            self._due = asyncio.get_running_loop().time() + PAUSE


def together(frames: Sequence[Frame]) -> Sequence[Frame]:
    """Return successive events as one frame that does the same; as they are where no one patch does."""
    if len(frames) == 1:
        return frames
    views = {view for frame in frames for view in frame.bodies}
    try:
        bodies = {view: one_body([frame.body(view) for frame in frames]) for view in views}
    except NotOnePatch:
        return frames
    last = frames[-1]
    return [Frame(last.seq, last.kind, last.at, None, bodies, first=frames[0].seq)]


def one_body(bodies: Iterable[str | None]) -> str | None:
    """Return what one view is told instead of all this; None where it is told nothing."""
    patches = [json.loads(body) for body in bodies if body is not None]
    return compact(reduce(composed, patches)) if patches else None
