"""One frame of a page and its answer, whatever carried it."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from django.utils import translation

from ledger.verdict import Refused, Unseen, sentence
from live import frames
from live.frames import BadFrame, Request

logger = logging.getLogger(__name__)
Do = Callable[[Request], Awaitable[Mapping[str, Any] | None]]


async def answered(
    text: str, do: Do, *, end: Callable[[], int], stream: str, language: str, may_pass: Callable[[], bool]
) -> str | None:
    """Have a command done and return ack or nack; one without an id is done, if it `may_pass`, and gets no answer.

    The ack names the number `stream` reached; where nothing happened on it, the one it stands at (`end`).
    """
    try:
        request = frames.request(text)
    except BadFrame as bad:
        return refused(bad.request_id, "bad_frame", language)
    if request.id is None:
        if may_pass():
            await passed(request, do)
        return None
    try:
        outcome = await do(request) or {}
    except Refused as no:
        return refused(str(request.id), no.code, language, no.params)
    except Unseen:
        return refused(str(request.id), "unseen", language)
    except Exception:
        logger.exception("the command %s failed", request.do)
        return refused(str(request.id), "failed", language)
    made = {name: value for name, value in outcome.items() if name != "seqs"}
    return frames.ack(str(request.id), outcome.get("seqs", {}).get(stream) or end(), made)


def refused(request_id: str | None, code: str, language: str, params: Mapping[str, Any] | None = None) -> str:
    """Return why a command was not done, in the person's language."""
    with translation.override(language):
        return frames.nack(request_id, code, sentence(code, params or {}))


async def passed(request: Request, do: Do) -> None:
    """Do what needs no answer."""
    try:
        await do(request)
    except Exception as error:
        logger.debug("a passing frame was dropped: %r", error)
