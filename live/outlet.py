"""One socket's outlet: writing at once while the reader keeps up, dropping it when it does not."""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Generator
from types import coroutine
from typing import Any

from live.frames import Message

Send = Callable[[dict[str, Any]], Awaitable[None]]

logger = logging.getLogger(__name__)
LONGEST_BACKLOG = 1000
LARGEST_BACKLOG = 4 * 1024 * 1024
TRY_AGAIN_LATER = 1013


@coroutine
def continued(work: Coroutine[Any, Any, None], waited: Any) -> Generator[Any, Any, None]:
    """Go on with a coroutine that was started by hand and has yielded `waited`."""
    while True:
        try:
            value = yield waited
        except BaseException as error:
            waited = work.throw(error)
        else:
            waited = work.send(value)


class Outlet:
    """Writes messages to one socket in order, without a task per message.

    The server's `send` is driven by hand: nearly always it finishes at once. Only when it must wait (the reader is
    slow) does a task take over, and messages queue up behind it; too many, and the socket is given up.
    """

    __slots__ = ("_backlog", "_bytes", "_draining", "_send", "lost", "on_lost")

    def __init__(self, send: Send, on_lost: Callable[[int], None]) -> None:
        self._send = send
        self._backlog: deque[dict[str, Any]] = deque()
        self._bytes = 0
        self._draining: asyncio.Task[None] | None = None
        self.on_lost = on_lost
        self.lost = False

    def write(self, message: Message) -> None:
        """Write one message, or queue it behind those that wait."""
        if self._draining is not None:
            self._queue(message)
            return
        if self.lost:
            return
        work: Any = self._send(message)
        try:
            waited = work.send(None)
        except StopIteration:
            return
        except Exception as error:
            self._fail(error)
            return
        self._draining = asyncio.ensure_future(self._drain(continued(work, waited)))

    def _queue(self, message: Message) -> None:
        self._backlog.append(message)
        self._bytes += len(message["text"])
        if len(self._backlog) > LONGEST_BACKLOG or self._bytes > LARGEST_BACKLOG:
            self.give_up()

    async def _drain(self, first: Awaitable[None]) -> None:
        """Finish the write that had to wait, then write what has queued up meanwhile."""
        try:
            await first
            while self._backlog:
                message = self._backlog.popleft()
                self._bytes -= len(message["text"])
                await self._send(message)
        except Exception as error:
            self._fail(error)
        finally:
            self._draining = None

    def give_up(self) -> None:
        """Drop a reader that is too slow; it comes back and resumes."""
        logger.warning("a socket reads too slowly and is dropped")
        self.close(TRY_AGAIN_LATER)

    def close(self, code: int) -> None:
        """Write nothing more and let the consumer close the socket."""
        if self.lost:
            return
        self.stop()
        self.on_lost(code)

    def stop(self) -> None:
        """Write nothing more."""
        self.lost = True
        self._backlog.clear()
        if self._draining is not None:
            self._draining.cancel()

    def _fail(self, error: Exception) -> None:
        """The socket is gone; its consumer is told by the server."""
        logger.debug("a socket could not be written to: %r", error)
        self.stop()
