"""Operations that arrive at one moment are committed together: what came during a commit is the next batch.

Nothing waits for company: the first goes at once. Each is judged for itself and answered after the commit.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

from django.utils import translation

from annotations.actions.annotating import apply_operations
from annotations.standing import standing_of
from annotations.taking import take
from ledger.door import writing
from ledger.verdict import Refused, Unseen
from people.live_threads import in_thread
from people.models import User

LARGEST_BATCH = 40
Answers = list[dict[str, Any]]


@dataclass(frozen=True, eq=False)
class Dip:
    """Operations of one page on their way, and who waits for the answers."""

    user: User
    document: UUID
    operations: Sequence[Any]
    at: datetime
    answer: asyncio.Future[Answers]


class Inkwell:
    """Takes the operations of one event loop's pages."""

    def __init__(self) -> None:
        self._waiting: list[Dip] = []
        self._working: asyncio.Task[None] | None = None

    async def put(self, user: User, document: UUID, operations: Sequence[Any], at: datetime) -> Answers:
        """Do operations; return the answers, in the person's language, after the commit."""
        dip = Dip(user, document, operations, at, asyncio.get_running_loop().create_future())
        self._waiting.append(dip)
        if self._working is None or self._working.done():
            self._working = asyncio.ensure_future(self._work())
        return await dip.answer

    async def _work(self) -> None:
        """Commit batch after batch until nothing waits."""
        while self._waiting:
            batch, self._waiting = self._waiting[:LARGEST_BATCH], self._waiting[LARGEST_BATCH:]
            try:
                found = await in_thread(lambda batch=batch: done_together(batch))  # type: ignore[misc]
            except Exception as error:
                found = [error] * len(batch)
            for dip, answer in zip(batch, found, strict=True):
                tell(dip, answer)


def tell(dip: Dip, answer: Answers | Exception) -> None:
    """Give the answer to who waits, if they still do."""
    if dip.answer.done():
        return
    if isinstance(answer, Exception):
        dip.answer.set_exception(answer)
    else:
        dip.answer.set_result(answer)


def done_together(batch: Sequence[Dip]) -> list[Answers | Exception]:
    """Do a batch in one transaction; where that fails, whosever fault it is, each for itself."""
    if len(batch) > 1:
        with suppress(Exception), writing():
            return [tried(dip) for dip in batch]
    return [alone(dip) for dip in batch]


def tried(dip: Dip) -> Answers | Exception:
    """Do one within the batch's transaction; it is refused before it has written anything."""
    try:
        document = standing_of(dip.user, dip.document).document
        with translation.override(dip.user.language):
            done = apply_operations(document, operations=dip.operations, by=dip.user, at=dip.at)
            return [answer.as_data() for answer in done]
    except (Refused, Unseen) as no:
        return no


def alone(dip: Dip) -> Answers | Exception:
    """Do one by itself."""
    try:
        with translation.override(dip.user.language):
            return take(dip.user, dip.document, dip.operations, dip.at)
    except Exception as error:
        return error


_inkwells: WeakKeyDictionary[asyncio.AbstractEventLoop, Inkwell] = WeakKeyDictionary()


def inkwell() -> Inkwell:
    """Return the one of the running event loop."""
    loop = asyncio.get_running_loop()
    if loop not in _inkwells:
        _inkwells[loop] = Inkwell()
    return _inkwells[loop]
