"""One line: a session's frames over HTTP, known by a name only its page has, with the credentials that opened it."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from hashlib import sha256
from secrets import token_urlsafe
from typing import Any, Protocol

from django.utils.crypto import constant_time_compare, salted_hmac

from live.hub import SERVICE_RESTART
from live.outlet import Send

Scope = Mapping[str, Any]


class Stay(Protocol):
    """What a line carries: one page's stay, which knows no transport."""

    async def arrive(self) -> int:
        """Return 0, or the close code that says why this one may not come in."""

    async def begin(self, asked: Mapping[str, str]) -> None:
        """Send what is followed, from where the page says it stands."""

    async def answered(self, text: str) -> str | None:
        """Do what a frame asks; return the answer, or None where it wants none."""

    def gone(self) -> None:
        """Hear that the line has ended."""


Opens = Callable[[Send, Scope], Stay]
Receive = Callable[[], Awaitable[Mapping[str, Any]]]
CHANGING = (b"csrftoken=", b"messages=", b"django_language=")


class Line:
    """A line of this process; a kind of line says what becomes of a frame's text and of the end."""

    def __init__(self, opens: Opens, scope: Scope) -> None:
        self.credentials = credentials(scope)
        self.name = name_for(self.credentials)
        self.stay = opens(self.send, scope)
        self.code = 0
        self.ended = asyncio.Event()

    async def send(self, message: Mapping[str, Any]) -> None:
        """Take a message of the session."""
        if self.ended.is_set():
            return
        if message["type"] == "websocket.close":
            self.end(int(message.get("code") or SERVICE_RESTART))
        else:
            await self.write(message["text"])

    async def write(self, text: str) -> None:
        """Carry one frame."""
        raise NotImplementedError

    def end(self, code: int = 0) -> None:
        """Carry nothing more; the page learns the code, if there is one."""
        if not self.ended.is_set():
            self.code = code
            self.ended.set()


class Lines:
    """The open lines of one event loop."""

    def __init__(self) -> None:
        self._open: dict[str, Line] = {}

    def found(self, name: str, scope: Scope) -> Line | None:
        """Return the line of this name, if the request brings what opened it."""
        line = self._open.get(name)
        return line if line is not None and line.credentials == credentials(scope) else None

    def get(self, name: str) -> Line | None:
        """Return the line of this name."""
        return self._open.get(name)

    def add(self, line: Line) -> None:
        """Keep a line while it is open."""
        self._open[line.name] = line

    def remove(self, line: Line) -> None:
        """Forget a line that has ended, and let its session go."""
        line.end()
        self._open.pop(line.name, None)
        line.stay.gone()

    def all(self) -> list[Line]:
        """Return every open line."""
        return [line for line in self._open.values() if not line.ended.is_set()]


def name_for(shown: str) -> str:
    """Return the name of a new line, signed: every process knows that one was opened with these credentials."""
    made = token_urlsafe(18)
    return f"{made}.{signature(made, shown)}"


def is_named(name: str, shown: str) -> bool:
    """Was a line of this name opened with these credentials, in whatever process?"""
    made, _, signed = name.partition(".")
    return constant_time_compare(signed, signature(made, shown))


def signature(made: str, shown: str) -> str:
    """Return what proves a line's name."""
    return salted_hmac("live.line", f"{made} {shown}", algorithm="sha256").hexdigest()[:32]


def credentials(scope: Scope) -> str:
    """Return a digest of what a request proves itself with; whoever brings the same may go on where the line stands."""
    shown = [name + session_only(value) for name, value in scope["headers"] if name in {b"authorization", b"cookie"}]
    return sha256(b"\n".join(shown)).hexdigest()


def session_only(value: bytes) -> bytes:
    """Return the cookies without those that change while one looks on, such as the token against forged forms."""
    kept = (part.strip() for part in value.split(b";"))
    return b";".join(sorted(part for part in kept if not part.startswith(CHANGING)))


lines = Lines()


async def leave_all(seconds: float) -> int:
    """Tell every line's page to come back, spread over this time: the server is about to stop. Return how many."""
    for line in (ending := lines.all()):
        line.end(SERVICE_RESTART)
        await asyncio.sleep(seconds / len(ending))
    return len(ending)
