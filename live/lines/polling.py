"""Long polling: an answer as soon as there is a frame, with everything that has come; the line lives on in between."""

import asyncio
from collections import deque
from collections.abc import Mapping
from typing import Any

from live.frames import compact
from live.lines.answers import answer, refuse
from live.lines.events import until_gone
from live.lines.line import Line, Opens, Receive, Scope, lines
from live.outlet import TRY_AGAIN_LATER, Send

LONGEST_WAIT = 25.0
PAUSE = 0.15  # a busy room is carried in bundles
LINGER = 12.0  # how long a line waits for the next question
LONGEST_QUEUE = 10_000


class PollLine(Line):
    """A line whose frames wait until they are asked for; each answer has a turn, so that a lost one is noticed."""

    def __init__(self, opens: Opens, scope: Scope) -> None:
        super().__init__(opens, scope)
        self.turn = 0
        self.asking = False
        self._texts: deque[str] = deque()
        self._some = asyncio.Event()
        self._last = -PAUSE
        self._giving_up: asyncio.TimerHandle | None = None

    async def write(self, text: str) -> None:
        """Keep one frame until it is asked for."""
        self._texts.append(text)
        self._some.set()
        if len(self._texts) > LONGEST_QUEUE:
            self.end(TRY_AGAIN_LATER)

    def end(self, code: int = 0) -> None:
        """Carry nothing more; whoever waits is answered now, otherwise the code waits for the next question."""
        super().end(code)
        self._some.set()

    async def gathered(self, gone: asyncio.Future[None]) -> str | None:
        """Return the next answer, or None when nobody is there any more to take it."""
        loop = asyncio.get_running_loop()
        some = asyncio.ensure_future(self._some.wait())
        either: list[asyncio.Future[Any]] = [some, gone]
        await asyncio.wait(either, timeout=LONGEST_WAIT, return_when=asyncio.FIRST_COMPLETED)
        some.cancel()
        await asyncio.sleep(max(0.0, self._last + PAUSE - loop.time()) if not self.ended.is_set() else 0)
        if gone.done():
            return None
        self._last = loop.time()
        return self._bundle()

    def _bundle(self) -> str:
        self.turn += 1
        frames = ",".join(self._texts)
        self._texts.clear()
        self._some.clear()
        head = {"line": self.name, "turn": self.turn, **({"close": self.code} if self.ended.is_set() else {})}
        return f'{compact(head)[:-1]},"frames":[{frames}]}}'

    def linger(self) -> None:
        """Wait for the next question for a while."""
        self._giving_up = asyncio.get_running_loop().call_later(LINGER, lines.remove, self)

    def asked_again(self) -> None:
        """Go on."""
        if self._giving_up is not None:
            self._giving_up.cancel()


async def poll(opens: Opens, scope: Scope, receive: Receive, send: Send, asked: Mapping[str, str]) -> None:
    """Open a line from where the page says it stands, and answer its first question."""
    line = PollLine(opens, scope)
    code = await line.stay.arrive()
    if code:
        await refuse(send, code)
        return
    lines.add(line)
    try:
        await line.stay.begin(asked)
    except BaseException:
        lines.remove(line)
        raise
    await turn(line, receive, send)


def going_on(scope: Scope, asked: Mapping[str, str]) -> PollLine | None:
    """Return the line the page goes on with; one whose last answer was lost is left for a new one."""
    line = lines.found(asked.get("line", ""), scope)
    if not isinstance(line, PollLine):
        return None
    line.asked_again()
    if line.asking or str(line.turn) != asked.get("turn"):
        lines.remove(line)
        return None
    return line


async def turn(line: PollLine, receive: Receive, send: Send) -> None:
    """Answer one question."""
    line.asking = True
    gone = asyncio.ensure_future(until_gone(receive))
    text = None
    try:
        text = await line.gathered(gone)
        if text is not None:
            await answer(send, text)
    finally:
        line.asking = False
        gone.cancel()
        if text is None or line.ended.is_set():
            lines.remove(line)
        else:
            line.linger()
