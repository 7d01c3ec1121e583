"""A stream of events (SSE): one answer that does not end, each frame an event; a task per page, never a thread."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress

from live.frames import compact
from live.lines.answers import NO_STORE, refuse
from live.lines.line import Line, Opens, Receive, Scope, lines
from live.outlet import Send
from live.pace import pace_of

PADDING = b":" + b" " * 2047 + b"\n\n"  # some proxies and browsers pass nothing on before two kilobytes
HEADERS = [(b"content-type", b"text/event-stream; charset=utf-8"), (b"x-accel-buffering", b"no"), *NO_STORE]


class EventLine(Line):
    """A line whose frames are events."""

    def __init__(self, opens: Opens, scope: Scope, send: Send) -> None:
        super().__init__(opens, scope)
        self._out, self._pace = send, pace_of(scope)

    async def write(self, text: str) -> None:
        """Send one event; where the server can tell, only as fast as it is read."""
        if self._pace is not None:
            await self._pace.room()
        await self._part(b"data: " + text.encode() + b"\n\n")

    async def open(self) -> None:
        """Begin the answer: the first thing the page learns is the line's name."""
        await self._out({"type": "http.response.start", "status": 200, "headers": HEADERS})
        if self._pace is not None:
            self._pace.begin()
        await self._part(PADDING + b"data: " + compact({"line": self.name}).encode() + b"\n\n")

    async def close(self) -> None:
        """End the answer with the code, if its page should learn one."""
        if self._pace is not None:
            self._pace.end()
        with suppress(Exception):  # its reader may be gone
            last = b"data: " + compact({"close": self.code}).encode() + b"\n\n" if self.code else b""
            await asyncio.wait_for(self._part(last, more=False), 2)

    async def _part(self, body: bytes, *, more: bool = True) -> None:
        await self._out({"type": "http.response.body", "body": body, "more_body": more})


async def stream(opens: Opens, scope: Scope, receive: Receive, send: Send, asked: Mapping[str, str]) -> None:
    """Carry a page's frames until it goes, loses its right or the server stops."""
    line = EventLine(opens, scope, send)
    code = await line.stay.arrive()
    if code:
        await refuse(send, code)
        return
    lines.add(line)
    watching = asyncio.ensure_future(until_gone(receive))
    watching.add_done_callback(lambda _: line.end())
    try:
        await line.open()
        await line.stay.begin(asked)
        await line.ended.wait()
    finally:
        watching.cancel()
        lines.remove(line)
    await line.close()


async def until_gone(receive: Receive) -> None:
    """Return when the page has left."""
    while (await receive())["type"] != "http.disconnect":
        pass
