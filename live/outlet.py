"""One socket's outlet: writing at once while the reader keeps up, dropping it when it does not."""

import asyncio
import logging
import time
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Generator
from types import coroutine
from typing import Any

from live.frames import Message
from live.wire import Wire

Send = Callable[[dict[str, Any]], Awaitable[None]]

logger = logging.getLogger(__name__)
STUCK_SECONDS = 10.0
LONGEST_BACKLOG = 10_000  # messages are shared by all sockets, so what waits costs little more than its place
LARGEST_BACKLOG = 64 * 1024 * 1024
TRY_AGAIN_LATER = 1013
CLOSING_SECONDS = 2.0


class Outlet:
    """Messages to one socket, in order; those a slow reader cannot take yet wait.

    It is given up when it takes nothing for ten seconds although there is something, or when too much waits.
    """

    __slots__ = ("_backlog", "_bytes", "_on_lost", "_since", "blocked", "lost")

    def __init__(self, on_lost: Callable[[int], None]) -> None:
        self._on_lost = on_lost
        self._backlog: deque[Message] = deque()
        self._bytes = 0
        self._since = 0.0
        self.blocked = False
        self.lost = False

    def write(self, message: Message) -> None:
        """Write one message, or queue it behind those that wait."""
        if self.blocked:
            self._queue(message)
        elif not self.lost:
            self._put(message)

    def _put(self, message: Message) -> None:
        raise NotImplementedError

    def _queue(self, message: Message) -> None:
        self._backlog.append(message)
        self._bytes += len(message.text)
        stuck = time.monotonic() - self._since > STUCK_SECONDS
        if stuck or len(self._backlog) > LONGEST_BACKLOG or self._bytes > LARGEST_BACKLOG:
            logger.warning("a socket reads too slowly and is dropped; it comes back and resumes")
            self.close(TRY_AGAIN_LATER)

    def _block(self) -> None:
        """Let what comes wait from now on."""
        self.blocked, self._since = not self.lost, time.monotonic()

    def _next(self) -> Message:
        message = self._backlog.popleft()
        self._bytes -= len(message.text)
        return message

    def close(self, code: int) -> None:
        """Write nothing more and have the socket closed."""
        if not self.lost:
            self.stop()
            self._on_lost(code)

    def stop(self) -> None:
        """Write nothing more."""
        self.lost, self.blocked = True, False
        self._backlog.clear()

    def cut(self) -> None:
        """Cut the connection, if the server lets us: the closing frame was not taken either."""


class WireOutlet(Outlet):
    """Writes prepared frames to the server's transport."""

    __slots__ = ("_wire",)

    def __init__(self, wire: Wire, on_lost: Callable[[int], None]) -> None:
        super().__init__(on_lost)
        self._wire = wire
        wire.on_full, wire.on_room = self._block, self._room

    def _put(self, message: Message) -> None:
        self._wire.write(message.frame)

    def _room(self) -> None:
        self.blocked = False
        while self._backlog and not self.blocked:
            self._put(self._next())

    def cut(self) -> None:
        """Cut the connection."""
        self._wire.abort()


class SendOutlet(Outlet):
    """Writes through ASGI's `send`, without a task per message.

    The coroutine is driven by hand: nearly always it finishes at once. A task goes on with it only if it must wait.
    """

    __slots__ = ("_draining", "_send")

    def __init__(self, send: Send, on_lost: Callable[[int], None]) -> None:
        super().__init__(on_lost)
        self._send = send
        self._draining: asyncio.Task[None] | None = None

    def _put(self, message: Message) -> None:
        work: Any = self._send(message.asgi)
        try:
            waited = work.send(None)
        except StopIteration:
            return
        except Exception as error:
            self._fail(error)
            return
        self._block()
        self._draining = asyncio.ensure_future(self._drain(continued(work, waited)))

    async def _drain(self, first: Awaitable[None]) -> None:
        """Finish the write that had to wait, then write what has queued up meanwhile."""
        try:
            await first
            while self._backlog:
                self._since = time.monotonic()
                await self._send(self._next().asgi)
        except Exception as error:
            self._fail(error)
        finally:
            self.blocked = False

    def stop(self) -> None:
        """Write nothing more."""
        super().stop()
        if self._draining is not None:
            self._draining.cancel()

    def _fail(self, error: Exception) -> None:
        """The socket is gone; its consumer is told by the server."""
        logger.debug("a socket could not be written to: %r", error)
        self.stop()


@coroutine
def continued(work: Coroutine[Any, Any, None], waited: Any) -> Generator[Any, Any, None]:
    """Go on with a coroutine that was started by hand and has yielded `waited`."""
    while True:
        try:
            value = yield waited
        except BaseException as error:
            step, given = work.throw, error
        else:
            step, given = work.send, value  # type: ignore[assignment]
        try:
            waited = step(given)
        except StopIteration:
            return


def outlet(send: Send, wire: Wire | None, on_lost: Callable[[int], None]) -> Outlet:
    """Return the outlet of a socket: by its wire where there is one."""
    return WireOutlet(wire, on_lost) if wire else SendOutlet(send, on_lost)
