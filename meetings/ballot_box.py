"""The ballot box: one thread with one connection takes ballots that arrive within 5 ms into one transaction.

A future is answered only after the commit. The thread ends when nobody has voted for a while, and starts again.
"""

import logging
from collections import defaultdict
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from queue import Empty, Queue
from threading import Lock, Thread
from time import monotonic
from typing import Any
from uuid import UUID

from django.db import connection

from ledger.door import retrying, writing
from ledger.verdict import Refused, Unseen, Verdict
from meetings.actions.ballots import Cast, cast_together
from meetings.models import Vote

logger = logging.getLogger(__name__)
GATHER_SECONDS = 0.005
LARGEST_BATCH = 500
IDLE_SECONDS = 5.0

Done = Mapping[str, Any]


@dataclass(frozen=True)
class Letter:
    """One ballot on its way: into which vote of which meeting, and who waits for the answer."""

    meeting_id: int
    vote: UUID
    cast: Cast
    answer: "Future[Done]"


class BallotBox:
    """Takes ballots from any thread; `put` answers with a future."""

    def __init__(self) -> None:
        self._letters: Queue[Letter | None] = Queue()
        self._lock = Lock()
        self._thread: Thread | None = None

    def put(self, meeting_id: int, vote: UUID, cast: Cast) -> "Future[Done]":
        """Hand in a ballot; the future ends after the commit, with `Refused` or `Unseen` if it does not count."""
        letter = Letter(meeting_id, vote, cast, Future())
        letter.answer.set_running_or_notify_cancel()  # a socket that closes now does not take its ballot back
        with self._lock:
            self._letters.put(letter)
            if self._thread is None or not self._thread.is_alive():
                self._thread = Thread(target=self._run, name="ballot-box", daemon=True)
                self._thread.start()
        return letter.answer

    def stop(self) -> None:
        """Answer what was handed in, then end the thread and its connection."""
        thread = self._thread
        if thread is not None:
            self._letters.put(None)
            thread.join()

    def _run(self) -> None:
        try:
            while letters := self._gathered():
                by_vote: dict[tuple[int, UUID], list[Letter]] = defaultdict(list)
                for letter in letters:
                    by_vote[letter.meeting_id, letter.vote].append(letter)
                for group in by_vote.values():
                    commit(group)
        finally:
            connection.close()

    def _gathered(self) -> list[Letter]:
        """Return what arrives within a moment of the first letter; nothing means the thread may end."""
        letter = self._next(IDLE_SECONDS) or self._last()
        letters: list[Letter] = []
        until = monotonic() + GATHER_SECONDS
        while letter is not None:
            letters.append(letter)
            letter = self._next(until - monotonic()) if len(letters) < LARGEST_BATCH else None
        return letters

    def _next(self, patience: float) -> Letter | None:
        try:
            return self._letters.get(timeout=patience) if patience > 0 else self._letters.get_nowait()
        except Empty:
            return None

    def _last(self) -> Letter | None:
        """Return a letter that came while we gave up waiting; with none, the next one starts a new thread."""
        with self._lock:
            letter = self._next(0)
            if letter is None:
                self._thread = None
        return letter


def commit(letters: Sequence[Letter]) -> None:
    """Commit ballots of one vote together; if that fails, each alone, so that one never fails the others."""
    try:
        answer(letters, *retrying(lambda: counted(letters)))
    except Unseen as unseen:
        fail(letters, unseen)
    except Exception as error:
        connection.close()
        logger.exception("%d ballots could not be committed together", len(letters))
        if len(letters) == 1:
            fail(letters, error)
            return
        for letter in letters:
            commit([letter])


def counted(letters: Sequence[Letter]) -> tuple[list[Verdict], dict[str, int]]:
    """Return each ballot's verdict, and where the streams stand after the commit."""
    first = letters[0]
    vote = Vote.objects.filter(meeting=first.meeting_id, public_id=first.vote).first()
    if vote is None:
        raise Unseen
    by = first.cast.user if len(letters) == 1 else None
    with writing() as writ:
        casts = [letter.cast for letter in letters]
        verdicts = cast_together(vote, casts=casts, by=by, at=first.cast.at)
    return verdicts, dict(writ.seqs)


def answer(letters: Sequence[Letter], verdicts: Sequence[Verdict], seqs: Mapping[str, int]) -> None:
    """Tell everyone who waits what became of their ballot."""
    for letter, verdict in zip(letters, verdicts, strict=True):
        if verdict:
            letter.answer.set_result({"seqs": dict(seqs)})
        else:
            letter.answer.set_exception(Refused(verdict.code, **verdict.params))


def fail(letters: Sequence[Letter], error: Exception) -> None:
    """Tell everyone who waits that nothing was committed."""
    for letter in letters:
        letter.answer.set_exception(error)


ballot_box = BallotBox()
