"""The ballot box: one thread with one connection commits together what has arrived while it committed.

Nothing waits for company: the first ballot goes at once, and whatever comes during its commit is the next batch. A
ballot is answered only after the commit. The thread ends when nobody has voted for a while, and starts again.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import Any
from uuid import UUID

from django.db import connection

from ledger.door import retrying, writing
from ledger.verdict import Refused, Unseen, Verdict
from meetings.actions.ballots import Cast, cast_together
from meetings.models import Vote

logger = logging.getLogger(__name__)
LARGEST_BATCH = 500
IDLE_SECONDS = 5.0
DRAIN_SECONDS = 10.0

Done = Mapping[str, Any]
Loop = asyncio.AbstractEventLoop


@dataclass(frozen=True, slots=True)
class Letter:
    """One ballot on its way: into which vote of which meeting, and who waits for the answer, on which loop if any."""

    meeting_id: int
    vote: UUID
    cast: Cast
    answer: "Future[Done] | asyncio.Future[Done]"
    loop: Loop | None = None


Result = Done | Exception
Answered = tuple[Letter, Result]


class BallotBox:
    """Takes ballots from any thread."""

    def __init__(self) -> None:
        self._letters: SimpleQueue[Letter | Future[None] | None] = SimpleQueue()
        self._lock = Lock()
        self._thread: Thread | None = None

    def put(self, meeting_id: int, vote: UUID, cast: Cast) -> "Future[Done]":
        """Hand in a ballot; the future ends after the commit, with `Refused` or `Unseen` if it does not count."""
        answer: Future[Done] = Future()
        answer.set_running_or_notify_cancel()  # a socket that closes now does not take its ballot back
        self._post(Letter(meeting_id, vote, cast, answer))
        return answer

    def put_here(self, meeting_id: int, vote: UUID, cast: Cast) -> "asyncio.Future[Done]":
        """Hand in a ballot on an event loop, which is woken once for all answers of a commit."""
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Done] = loop.create_future()
        self._post(Letter(meeting_id, vote, cast, answer, loop))
        return answer

    def drain(self) -> None:
        """Wait until everything handed in so far is decided; never inside a transaction: it would wait for itself.

        A box that is stuck keeps nobody from closing the vote: whoever is not answered then hears that it is closed.
        """
        if self._thread is None:
            return
        decided: Future[None] = Future()
        self._post(decided)
        try:
            decided.result(DRAIN_SECONDS)
        except TimeoutError:
            logger.error("the ballot box was not emptied within %s seconds", DRAIN_SECONDS)

    def stop(self) -> None:
        """Answer what was handed in, then end the thread and its connection."""
        thread = self._thread
        if thread is not None:
            self._letters.put(None)
            thread.join()

    def _post(self, letter: "Letter | Future[None]") -> None:
        with self._lock:
            self._letters.put(letter)
            if self._thread is None or not self._thread.is_alive():
                self._thread = Thread(target=self._run, name="ballot-box", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        try:
            while gathered := self._gathered():
                commit_all([letter for letter in gathered if isinstance(letter, Letter)])
                for decided in gathered:
                    if isinstance(decided, Future):
                        decided.set_result(None)
        finally:
            connection.close()

    def _gathered(self) -> "list[Letter | Future[None]]":
        """Return what is there, or comes next; nothing means the thread may end."""
        letter = self._next(IDLE_SECONDS) or self._last()
        gathered: list[Letter | Future[None]] = []
        while letter is not None:
            gathered.append(letter)
            letter = self._next(0) if len(gathered) < LARGEST_BATCH else None
        return gathered

    def _next(self, patience: float) -> "Letter | Future[None] | None":
        try:
            return self._letters.get(timeout=patience) if patience > 0 else self._letters.get_nowait()
        except Empty:
            return None

    def _last(self) -> "Letter | Future[None] | None":
        """Return a letter that came while we gave up waiting; with none, the next one starts a new thread."""
        with self._lock:
            letter = self._next(0)
            if letter is None:
                self._thread = None
        return letter


def commit_all(letters: Sequence[Letter]) -> None:
    """Commit the ballots, those of each vote together, in the order the votes came up."""
    by_vote: dict[tuple[int, UUID], list[Letter]] = defaultdict(list)
    for letter in letters:
        by_vote[letter.meeting_id, letter.vote].append(letter)
    for group in by_vote.values():
        hand_out(committed(group))


def committed(letters: Sequence[Letter]) -> list[Answered]:
    """Commit ballots of one vote together; if that fails, each alone, so that one never fails the others."""
    try:
        return retrying(lambda: counted(letters))
    except Unseen as unseen:
        return [(letter, unseen) for letter in letters]
    except Exception as error:
        connection.close()
        logger.exception("%d ballots could not be committed together", len(letters))
        if len(letters) == 1:
            return [(letters[0], error)]
        return [answered for letter in letters for answered in committed([letter])]


def counted(letters: Sequence[Letter]) -> list[Answered]:
    """Return what became of each ballot, and where the streams stand after the commit."""
    first = letters[0]
    vote = Vote.objects.filter(meeting=first.meeting_id, public_id=first.vote).first()
    if vote is None:
        raise Unseen
    by = first.cast.user if len(letters) == 1 else None
    with writing() as writ:
        casts = [letter.cast for letter in letters]
        verdicts = cast_together(vote, casts=casts, by=by, at=first.cast.at)
    done = {"seqs": dict(writ.seqs)}
    return [(letter, outcome(verdict, done)) for letter, verdict in zip(letters, verdicts, strict=True)]


def outcome(verdict: Verdict, done: Done) -> Result:
    """Return what the waiting one is told."""
    return done if verdict else Refused(verdict.code, **verdict.params)


def hand_out(answers: Sequence[Answered]) -> None:
    """Tell everyone who waits what became of their ballot: each loop is woken once."""
    by_loop: dict[Loop | None, list[Answered]] = defaultdict(list)
    for answered in answers:
        by_loop[answered[0].loop].append(answered)
    for loop, group in by_loop.items():
        if loop is None:
            tell_all(group)
        else:
            with suppress(RuntimeError):  # that loop has ended, and with it everybody who waited on it
                loop.call_soon_threadsafe(tell_all, group)


def tell_all(answers: Sequence[Answered]) -> None:
    """Settle the futures."""
    for letter, result in answers:
        if letter.answer.done():
            continue
        if isinstance(result, Exception):
            letter.answer.set_exception(result)
        else:
            letter.answer.set_result(result)


ballot_box = BallotBox()
