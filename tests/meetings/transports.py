"""One page over any transport: the same frames in, the same commands out, whatever carries them."""

import asyncio
import json
from typing import Any
from uuid import uuid4

from asgiref.sync import sync_to_async
from asgiref.testing import ApplicationCommunicator
from channels.testing import WebsocketCommunicator
from django.middleware.csrf import _get_new_csrf_string
from django.test import Client

from config.asgi import application
from live.patch import merged

OWN = (b"origin", b"http://testserver")
HOST = (b"host", b"testserver")


def session_of(user: Any) -> str:
    """Sign the person in; return the session's key."""
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client.cookies["sessionid"].value


class Page:
    """A page that keeps its state by the rules of the protocol; a transport says how frames come and go."""

    def __init__(self, meeting: Any, headers: list[tuple[bytes, bytes]], *, query: str = "", place: str = "") -> None:
        self.path, self.headers, self.query = f"meetings/{meeting.public_id}/{place}", headers, query
        self.states: dict[str, Any] = {}
        self.frames: list[Any] = []
        self.code = 0

    async def arrive(self) -> "Page":
        """Connect."""
        raise NotImplementedError

    async def next(self) -> dict[str, Any] | None:
        """Return the next frame; None when the line has ended and `code` says why."""
        raise NotImplementedError

    async def say(self, text: str) -> None:
        """Send one frame."""
        raise NotImplementedError

    async def go(self) -> None:
        """Leave."""
        raise NotImplementedError

    async def hear(self, until: Any, patience: float = 5.0) -> dict[str, Any]:
        """Read frames until one fits; apply patches on the way."""
        async with asyncio.timeout(patience):
            while (frame := await self.next()) is not None:
                self.frames.append(frame)
                self.take(frame)
                if until(frame):
                    return frame
        raise AssertionError(f"ended with {self.code}")

    def take(self, frame: dict[str, Any]) -> None:
        """Apply a numbered frame."""
        if "seq" not in frame or "kind" not in frame or frame["kind"] == "skip":
            return
        stream = frame.get("stream", "")
        whole = frame["kind"] == "snapshot"
        self.states[stream] = frame["data"] if whole else merged(self.states.get(stream, {}), frame["data"])

    async def settle(self, stream: str = "me") -> "Page":
        """Wait until the last stream has begun."""
        await self.hear(lambda frame: frame.get("stream", "") == stream and frame.get("kind") == "snapshot")
        return self

    async def do(self, verb: str, client_id: Any = None, **data: Any) -> dict[str, Any]:
        """Have something done; return ack or nack."""
        sent = str(client_id or uuid4())
        await self.say(json.dumps({"id": sent, "do": verb, "data": data}))
        return await self.hear(lambda frame: sent in (frame.get("ack"), frame.get("nack")))

    async def pass_on(self, verb: str, **data: Any) -> None:
        """Send a frame that wants no answer."""
        await self.say(json.dumps({"do": verb, "data": data}))

    async def ending(self, patience: float = 2.0) -> int:
        """Return the code the page is closed with."""
        async with asyncio.timeout(patience):
            while await self.next() is not None:
                pass
        return self.code


class SocketPage(Page):
    """Over WebSocket."""

    async def arrive(self) -> "Page":
        """Connect."""
        headers = [OWN, HOST, *self.headers]
        self.socket = WebsocketCommunicator(application, f"/ws/{self.path}{self.query}", headers=headers)
        await self.socket.connect(timeout=5)
        return self

    async def next(self) -> dict[str, Any] | None:
        """Return the next frame."""
        message = await self.socket.receive_output(timeout=30)
        if message["type"] == "websocket.close":
            self.code = message["code"]
            return None
        frame: dict[str, Any] = json.loads(message["text"])
        return frame

    async def say(self, text: str) -> None:
        """Send one frame."""
        await self.socket.send_to(text)

    async def go(self) -> None:
        """Leave."""
        await self.socket.disconnect()


class LinePage(Page):
    """Over HTTP: what comes waits in `coming`."""

    line = ""

    async def arrive(self) -> "Page":
        """Ask for the line."""
        self.coming: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()
        self.listening = asyncio.ensure_future(self.listen())
        return self

    async def listen(self) -> None:
        """Put what comes into the queue."""
        raise NotImplementedError

    def scope(self, way: str, method: str = "GET", query: str = "") -> dict[str, Any]:
        """Return a request."""
        headers = [HOST, *self.headers]
        if method == "POST":
            token = _get_new_csrf_string()
            headers = [OWN, HOST, (b"x-csrftoken", token.encode()), *with_token(self.headers, token)]
        path = f"/live/{self.path}{way}/"
        common = {"type": "http", "http_version": "1.1", "scheme": "http", "server": ("testserver", 80)}
        return {**common, "method": method, "path": path, "query_string": query.encode(), "headers": headers}

    async def next(self) -> dict[str, Any] | None:
        """Return the next frame."""
        return await self.coming.get()

    async def say(self, text: str) -> None:
        """Post one frame; the answer comes where frames come."""
        request = ApplicationCommunicator(application, self.scope("say", "POST", f"line={self.line}"))
        await request.send_input({"type": "http.request", "body": text.encode()})
        self.status = (await request.receive_output(10))["status"]
        body = (await request.receive_output(10))["body"]
        if body:
            frame = json.loads(body)
            self.code = frame.get("close", self.code)
            self.coming.put_nowait(None if "close" in frame else frame)

    async def go(self) -> None:
        """Leave."""
        self.listening.cancel()
        await asyncio.sleep(0)


class EventsPage(LinePage):
    """Over a stream of events."""

    async def listen(self) -> None:
        """Read the stream."""
        self.request = ApplicationCommunicator(application, self.scope("events", query=self.query.lstrip("?")))
        await self.request.send_input({"type": "http.request", "body": b""})
        start = await self.request.receive_output(10)
        rest = b""
        while True:
            message = await self.request.receive_output(60)
            rest += message["body"]
            *events, rest = rest.split(b"\n\n") if start["status"] == 200 else (rest, b"")
            for event in events:
                self.event(event.removeprefix(b"data: "))
            if not message.get("more_body"):
                self.coming.put_nowait(None)
                return

    def event(self, data: bytes) -> None:
        """Take one event."""
        if not data.startswith(b"{"):
            return
        frame = json.loads(data)
        self.line = frame.get("line", self.line)
        self.code = frame.get("close", self.code)
        if not frame.keys() & {"line", "close"}:
            self.coming.put_nowait(frame)

    async def go(self) -> None:
        """Leave."""
        await super().go()
        await self.request.send_input({"type": "http.disconnect"})
        await self.request.wait(5)


class PollPage(LinePage):
    """Over polling."""

    turn = 0

    async def listen(self) -> None:
        """Ask again and again."""
        query = self.query.lstrip("?")
        while not self.code:
            self.request = ApplicationCommunicator(application, self.scope("poll", query=query))
            await self.request.send_input({"type": "http.request", "body": b""})
            await self.request.receive_output(60)
            bundle = json.loads((await self.request.receive_output(10))["body"])
            for frame in bundle.get("frames", ()):
                self.coming.put_nowait(frame)
            self.code = bundle.get("close", 0)
            self.line = bundle.get("line", "")
            query = f"line={self.line}&turn={bundle.get('turn')}"
        self.coming.put_nowait(None)

    async def go(self) -> None:
        """Leave; the line waits a little for the next question."""
        await super().go()
        await self.request.send_input({"type": "http.disconnect"})
        await self.request.wait(5)


TRANSPORTS = {"websocket": SocketPage, "events": EventsPage, "polling": PollPage}


def with_token(headers: list[tuple[bytes, bytes]], token: str) -> list[tuple[bytes, bytes]]:
    """Add the token against forged forms to the cookies."""
    return [(name, value + f"; csrftoken={token}".encode() if name == b"cookie" else value) for name, value in headers]


async def page_of(transport: str, meeting: Any, user: Any = None, *, query: str = "", place: str = "") -> Any:
    """Open a page as this person; without one nobody is signed in."""
    headers = []
    if user is not None:
        headers = [(b"cookie", f"sessionid={await sync_to_async(session_of)(user)}".encode())]
    return await TRANSPORTS[transport](meeting, headers, query=query, place=place).arrive()
