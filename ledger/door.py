"""The one door for writes: a durable transaction that ends with its records and its events, in that order.

An action is a function decorated with `@action`. The outermost one owns the transaction. What it records and
publishes is kept back and written last: ledger heads first (chain keys ascending), then streams, so that the lock
order is always object → counter → ledger head → stream and no head is held while business rows are still changing.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import OperationalError, transaction

P = ParamSpec("P")
R = TypeVar("R")

LEDGER, STREAMS, OUTCOME = 1, 2, 3
ACTIONS: dict[str, Callable[..., Any]] = {}


class Unrecorded(RuntimeError):
    """An action changed something and left no audit entry: a defect, so the transaction is undone."""


class Writ:
    """What one transaction will leave behind besides its business rows."""

    def __init__(self) -> None:
        self.entries: list[Any] = []
        self.events: list[Any] = []
        self.seqs: dict[str, int] = {}
        self.repeats = 0
        self._closing: dict[int, list[Callable[[], None]]] = defaultdict(list)

    def at_end(self, stage: int, step: Callable[[], None]) -> None:
        """Run `step` just before the commit: `LEDGER` steps first, then `STREAMS`, then `OUTCOME`."""
        self._closing[stage].append(step)

    def traces(self) -> int:
        """Return how many acts have left a trace so far."""
        return len(self.entries) + self.repeats

    def close(self) -> None:
        """Write what was kept back; called once, inside the transaction."""
        for stage in (LEDGER, STREAMS, OUTCOME):
            for step in self._closing[stage]:
                step()


DEADLOCK, NOT_SERIALISED = "40P01", "40001"
_commits: ContextVar[list[Writ] | None] = ContextVar("commits", default=None)
_current: ContextVar[Writ | None] = ContextVar("writ", default=None)


def current_writ() -> Writ:
    """Return the open writ; there is none outside the door."""
    writ = _current.get()
    if writ is None:
        raise RuntimeError("a write outside the door: call an @action")
    return writ


@contextmanager
def writing() -> Iterator[Writ]:
    """Open the door, or join the transaction of the action that is already inside."""
    joined = _current.get()
    if joined is not None:
        yield joined
        return
    writ = Writ()
    token = _current.set(writ)
    try:
        with transaction.atomic(durable=True):
            yield writ
            writ.close()
        if (commits := _commits.get()) is not None:
            commits.append(writ)
    finally:
        _current.reset(token)


def count_commits() -> None:
    """Begin a request; the list is shared by all threads and tasks that carry on its context."""
    _commits.set([])


def nothing_committed() -> bool:
    """Has no transaction of this request been committed so far? Unknown counts as no."""
    return _commits.get() == []


def is_undone(error: OperationalError) -> bool:
    """Has the database undone the whole transaction for a deadlock or for its order (and not merely gone away)?"""
    return getattr(error.__cause__, "sqlstate", None) in {DEADLOCK, NOT_SERIALISED}


def nothing_changed() -> None:
    """Say that this call found everything already as asked: a repeated tap leaves no second entry."""
    current_writ().repeats += 1


def private() -> None:
    """Say that this call concerns its author alone (a note, an opinion not handed in, a page read): no record of it.

    What nobody else may know must not stand in a log either; tests/ledger/test_private.py names who may call this.
    """
    current_writ().repeats += 1


def action(function: Callable[P, R]) -> Callable[P, R]:
    """Make `function` a door for writes: one transaction, and at least one audit entry left behind."""
    key = f"{function.__module__}.{function.__name__}"

    @wraps(function)
    def through_the_door(*args: P.args, **kwargs: P.kwargs) -> R:
        with writing() as writ:
            before = writ.traces()
            result = function(*args, **kwargs)
            if writ.traces() == before:
                raise Unrecorded(key)
            return result

    ACTIONS[key] = through_the_door
    return through_the_door


def retrying(work: Callable[[], R]) -> R:
    """Do `work`, which may be repeated at will, once more after a failure of the database; never inside the door."""
    try:
        return work()
    except OperationalError:
        return work()
