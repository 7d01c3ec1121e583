"""Short answers of the lines' addresses, and reading what comes in."""

from live.frames import LONGEST_COMMAND, compact
from live.lines.line import Receive
from live.outlet import TRY_AGAIN_LATER, Send

NO_STORE = [(b"cache-control", b"no-store, no-transform"), (b"x-content-type-options", b"nosniff")]
STATUS = {4401: 401, 4403: 403, 4404: 404, TRY_AGAIN_LATER: 429}
LARGEST_BODY = 4 * LONGEST_COMMAND  # bytes; the frame's own bound counts letters


class TooLarge(Exception):
    """More comes than a frame may hold."""


async def refuse(send: Send, code: int) -> None:
    """Answer with the code a socket would close with, and the status that says the same."""
    await answer(send, compact({"close": code}), STATUS.get(code, 503))


async def answer(send: Send, text: str, status: int = 200) -> None:
    """Answer with JSON; an empty text is an answer without a body."""
    body = text.encode()
    kind = [(b"content-type", b"application/json; charset=utf-8")] if body else []
    headers = [*kind, (b"content-length", str(len(body)).encode()), *NO_STORE]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def text_of(receive: Receive) -> str:
    """Return what the page sent; what is no text becomes something no frame is."""
    body = bytearray()
    while True:
        message = await receive()
        body += message.get("body", b"")
        if len(body) > LARGEST_BODY:
            raise TooLarge
        if not message.get("more_body"):
            return str(body, "utf-8", "replace")
