"""What a page without a socket says: one frame per request, answered as over the socket."""

import asyncio
import logging
from collections.abc import Mapping
from io import BytesIO
from typing import Any, cast

from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware

from live import courier, frames
from live.frames import BadFrame
from live.lines.answers import answer, refuse
from live.lines.line import Line, Opens, Scope, credentials, is_named, lines
from live.outlet import Send

logger = logging.getLogger(__name__)
KIND = "live.said"


async def reply(send: Send, text: str | None) -> None:
    """Answer with a frame, or with nothing."""
    await answer(send, text or "", 200 if text else 204)


async def say_alone(opens: Opens, scope: Scope, send: Send, text: str) -> None:
    """Do what a frame asks whose line is in another process, or was lost: a command needs none."""
    stay = opens(nowhere, scope)
    code = await stay.arrive()
    if code:
        await refuse(send, code)
    else:
        await reply(send, await stay.answered(text))


async def nowhere(message: Mapping[str, Any]) -> None:
    """Carry nothing: whoever only says something follows nothing."""


def is_passing(text: str) -> bool:
    """Is this a frame that wants no answer?"""
    try:
        return frames.request(text).id is None
    except BadFrame:
        return False


def forged(scope: Scope) -> bool:
    """Does a page of another site send this? Asked as for every form; who shows a token instead of a cookie passes.

    The token against forged forms comes in a header: what is said is no form, whatever it calls itself.
    """
    if any(name == b"authorization" for name, _ in scope["headers"]):
        return False
    headers = [(name, value) for name, value in scope["headers"] if name != b"content-type"]
    request = ASGIRequest(cast(dict[str, Any], {**scope, "headers": headers}), BytesIO())
    guard = CsrfViewMiddleware(no_view)
    guard.process_request(request)
    return guard.process_view(request, no_view, (), {}) is not None


def no_view(request: HttpRequest) -> HttpResponse:
    """Stand where the guard expects a view."""
    return HttpResponse()


def tell_elsewhere(name: str, scope: Scope, text: str) -> None:
    """Let the process that has the line hear a passing frame; of who never opened it, nobody hears anything."""
    shown = credentials(scope)
    if is_named(name, shown):
        courier.send({"type": KIND, "line": name, "proof": shown, "text": text})


class Ear:
    """Hears passing frames whose request came to another process, and hands them to the line."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        courier.hear(self._heard)

    def _heard(self, told: Mapping[str, Any]) -> None:
        if told.get("type") == KIND and not self.loop.is_closed():
            self.loop.call_soon_threadsafe(self._take, told)

    def _take(self, told: Mapping[str, Any]) -> None:
        line = lines.get(told["line"])
        if line is not None and line.credentials == told["proof"]:
            self.loop.create_task(pass_on(line, told["text"]))


async def pass_on(line: Line, text: str) -> None:
    """Hand a passing frame to its line's session."""
    try:
        await line.stay.answered(text)
    except Exception as error:
        logger.debug("a passing frame was dropped: %r", error)


_ears: list[Ear] = []


def listen() -> None:
    """Hear what other processes pass on, from the first line of this event loop on."""
    loop = asyncio.get_running_loop()
    if not _ears or _ears[-1].loop is not loop:
        _ears.append(Ear(loop))
