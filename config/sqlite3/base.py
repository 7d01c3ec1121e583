"""Django's SQLite with one addition: the transactions of a process queue for the write lock instead of polling for it.

SQLite lets a waiting connection sleep and try again, in no order: when a full room signs in, some of two hundred
threads never get a turn within the busy timeout. Here they wait for one another in the order they came, and SQLite's
own waiting is left for other processes, such as the worker.
"""

from collections import defaultdict
from threading import Semaphore
from typing import Any

from django.db.backends.sqlite3 import base

LONGEST_WAIT = 60.0  # a transaction that lasts this long is stuck: go on, and let SQLite's own time-out decide

_turns: dict[str, Semaphore] = defaultdict(Semaphore)


class DatabaseWrapper(base.DatabaseWrapper):
    """One connection; holds the process's turn from BEGIN until the transaction is over."""

    _turn: Semaphore | None = None

    def _start_transaction_under_autocommit(self) -> None:
        self._take_turn()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._give_turn()
            raise

    def _commit(self) -> Any:
        done = super()._commit()  # type: ignore[misc]
        self._give_turn()
        return done

    def _rollback(self) -> Any:
        try:
            return super()._rollback()  # type: ignore[misc]
        finally:
            self._give_turn()

    def _close(self) -> Any:
        try:
            return super()._close()  # type: ignore[misc]
        finally:
            self._give_turn()

    def _take_turn(self) -> None:
        turn = _turns[str(self.settings_dict["NAME"])]
        if self._turn is None and turn.acquire(timeout=LONGEST_WAIT):
            self._turn = turn

    def _give_turn(self) -> None:
        turn, self._turn = self._turn, None
        if turn is not None:
            turn.release()
