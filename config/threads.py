"""The threads that answer pages: a few, kept with their database connections, given out in the order requests came.

Django gives every request under ASGI a thread and a connection of its own. With a full room that is hundreds of both:
they fight for the interpreter, some wait many times longer than others, and PostgreSQL runs out of connections. Here a
request asks for its thread when it first needs one (its body has arrived by then) and passes it on when its answer
begins, so that neither a slow upload nor a long download holds one.
"""

import asyncio
from collections import Counter, deque
from collections.abc import Awaitable, Callable, MutableMapping
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from typing import Any

from asgiref.sync import ThreadSensitiveContext
from django.db import connections

KEPT = 8
PATIENCE = 0.25  # seconds without any thread becoming free, after which a waiting request gets a new one

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]
Application = Callable[[Any, Any, Any], Awaitable[None]]


class Turn(Executor):
    """One request's place in the queue: its work waits until it has a thread, then always runs on that one."""

    def __init__(self, threads: "Threads") -> None:
        self.threads = threads
        self.thread: ThreadPoolExecutor | None = None
        self.asked = self.over = False
        self.early: list[Callable[[], None]] = []

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Have the work done in order, as soon as there is a thread."""
        if self.thread is not None:
            return self.thread.submit(fn, *args, **kwargs)
        future: Future[Any] = Future()
        self.early.append(lambda: _run(future, lambda: fn(*args, **kwargs)))
        if not self.asked:
            self.asked = True
            self.threads.ask(self)
        return future

    def begin(self, thread: ThreadPoolExecutor) -> None:
        """Take this thread and do on it what has been waiting."""
        self.thread = thread
        for work in self.early:
            thread.submit(work)
        self.early.clear()
        if self.over:
            self.threads.free(self)

    def pass_on(self) -> None:
        """Let the next request have the thread; the little that is still to come shares it."""
        if not self.over:
            self.over = True
            self.threads.free(self)

    def end(self) -> None:
        """The request is done."""
        self.pass_on()
        self.threads.leave(self)


class Threads:
    """The kept threads and the queue for them; used from the event loop only."""

    def __init__(self, kept: int = KEPT, patience: float = PATIENCE) -> None:
        self.kept, self.patience = kept, patience
        self.idle: list[ThreadPoolExecutor] = []
        self.users: Counter[ThreadPoolExecutor] = Counter()
        self.waiting: deque[Turn] = deque()
        self.count = 0
        self.last_free = 0.0

    def ask(self, turn: Turn) -> None:
        """Give the turn a thread now, or when one becomes free."""
        if self.idle:
            self._give(self.idle.pop(), turn)
        elif self.count < self.kept:
            self._give(self._new(), turn)
        else:
            self.waiting.append(turn)
            if len(self.waiting) == 1:
                self._watch()

    def free(self, turn: Turn) -> None:
        """Give the turn's thread to who waits longest, or keep it."""
        if turn.thread is None:
            return
        self.last_free = asyncio.get_running_loop().time()
        if self.waiting:
            self._give(turn.thread, self.waiting.popleft())
        elif self.count > self.kept:
            self.count -= 1  # it was made for an emergency and ends with whoever still uses it
        else:
            self.idle.append(turn.thread)

    def leave(self, turn: Turn) -> None:
        """End a thread that nobody uses and nobody keeps."""
        thread = turn.thread
        if thread is None:
            self.waiting = deque(other for other in self.waiting if other is not turn)
            return
        self.users[thread] -= 1
        if not self.users[thread]:
            del self.users[thread]
            if thread not in self.idle:
                thread.submit(connections.close_all)
                thread.shutdown(wait=False)

    def _give(self, thread: ThreadPoolExecutor, turn: Turn) -> None:
        self.users[thread] += 1
        turn.begin(thread)

    def _new(self) -> ThreadPoolExecutor:
        self.count += 1
        return ThreadPoolExecutor(1, thread_name_prefix="page", initializer=_keep_connections)

    def _watch(self) -> None:
        loop = asyncio.get_running_loop()
        loop.call_later(self.patience, self._look)

    def _look(self) -> None:
        """Make a thread if all are stuck in something slow."""
        if not self.waiting:
            return
        if asyncio.get_running_loop().time() - self.last_free >= self.patience:
            self._give(self._new(), self.waiting.popleft())
        if self.waiting:
            self._watch()


def on_kept_threads(application: Application, threads: Threads) -> Application:
    """Return the application with its synchronous work on kept threads."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        turn = Turn(threads)

        async def sent(message: Any) -> None:
            await send(message)
            if message["type"] == "http.response.start":
                turn.pass_on()

        try:
            async with ThreadSensitiveContext(executor=turn):
                await application(scope, receive, sent)
        finally:
            turn.end()

    return answer


def _keep_connections() -> None:
    """Let this thread's connections live as long as it does; PostgreSQL's are checked before each request."""
    for connection in connections.all():
        connection.settings_dict = {**connection.settings_dict, "CONN_MAX_AGE": None}


def _run(future: Future[Any], work: Callable[[], Any]) -> None:
    if not future.set_running_or_notify_cancel():
        return
    try:
        future.set_result(work())
    except BaseException as error:  # as an executor's own threads do
        future.set_exception(error)
