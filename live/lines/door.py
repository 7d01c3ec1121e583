"""The three addresses of a line: `events/`, `poll/` and `say/`; what goes on asks nobody again who it is."""

from typing import Any
from urllib.parse import parse_qs

from channels.auth import AuthMiddlewareStack

from live.lines import saying
from live.lines.answers import TooLarge, answer, text_of
from live.lines.events import stream
from live.lines.line import Opens, Receive, Scope, lines
from live.lines.polling import going_on, poll, turn
from live.outlet import Send

METHODS = {"events": "GET", "poll": "GET", "say": "POST"}
FORGED, NOT_ALLOWED, NOT_FOUND, TOO_LARGE = 403, 405, 404, 413


def by_line(opens: Opens) -> Any:
    """Return the application that carries sessions over HTTP; `opens(send, scope)` makes one."""

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        way = scope["url_route"]["kwargs"]["way"]
        if METHODS.get(way) != scope["method"]:
            await answer(send, "", NOT_ALLOWED if way in METHODS else NOT_FOUND)
            return
        saying.listen()
        asked = {name: values[0] for name, values in parse_qs(scope["query_string"].decode("latin-1")).items()}
        await WAYS[way](opens, scope, receive, send, asked)

    return application


async def events(opens: Opens, scope: Scope, receive: Receive, send: Send, asked: dict[str, str]) -> None:
    """Carry frames as events."""

    async def work(known: Scope, receive: Receive, send: Send) -> None:
        await stream(opens, known, receive, send, asked)

    await AuthMiddlewareStack(work)(scope, receive, send)


async def polled(opens: Opens, scope: Scope, receive: Receive, send: Send, asked: dict[str, str]) -> None:
    """Answer a question of a page that polls."""
    line = going_on(scope, asked)
    if line is not None:
        await turn(line, receive, send)
        return

    async def work(known: Scope, receive: Receive, send: Send) -> None:
        await poll(opens, known, receive, send, asked)

    await AuthMiddlewareStack(work)(scope, receive, send)


async def said(opens: Opens, scope: Scope, receive: Receive, send: Send, asked: dict[str, str]) -> None:
    """Do what a page says."""
    try:
        text = await text_of(receive)
    except TooLarge:
        await answer(send, "", TOO_LARGE)
        return
    if saying.forged(scope):
        await answer(send, "", FORGED)
        return
    name = asked.get("line", "")
    line = lines.found(name, scope)
    if line is not None and not line.ended.is_set():
        await saying.reply(send, await line.stay.answered(text))
    elif saying.is_passing(text):
        saying.tell_elsewhere(name, scope, text)
        await saying.reply(send, None)
    else:

        async def work(known: Scope, receive: Receive, send: Send) -> None:
            await saying.say_alone(opens, known, send, text)

        await AuthMiddlewareStack(work)(scope, receive, send)


WAYS = {"events": events, "poll": polled, "say": said}
