"""One page's stay, whatever carries its frames: who it is, what it follows, what it may ask for, its end.

A transport (a WebSocket, a stream of events, polling) makes a session with its own `send`, lets it arrive and
begin, hands it what comes in, and says when it has gone. `send` takes ASGI's WebSocket messages `send` and `close`.
What is followed is a kind's own: a room, the calls of its seats, notes on documents.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from urllib.parse import parse_qs
from uuid import UUID

from django.db import DatabaseError
from django.utils import timezone

from ledger.verdict import Refused, Unseen
from live.answering import answered
from live.courier import ORIGIN
from live.ephemeral import PAUSE
from live.follower import SERVICE_RESTART, Follower, Since
from live.frames import Request
from live.hub import current_hub
from live.outlet import Send
from people.live_threads import in_thread
from people.models import User
from people.socket_auth import Entrance, entrance

SIGN_IN, NOT_HERE = 4401, 4404
LONGEST_NUMBER = 18


@dataclass(frozen=True)
class Stream:
    """One stream a session follows; how its snapshot is made and below which number nothing may be replayed.

    One that ends `alone` takes only itself along when its right is lost; rights to it hang on those it `heeds` too.
    """

    key: str
    view: str
    snapshot: Callable[[str], Mapping[str, Any]]
    label: str = ""
    shared: bool = True
    floor: int = 0
    alone: bool = False
    heeds: tuple[str, ...] = ()
    epoch: Callable[[str, int], str] | None = None


class Session:
    """What all sessions have in common; a kind of session says who is let in and what it follows."""

    entrance: Entrance
    good_until: datetime
    process: ClassVar[str] = ORIGIN

    def __init__(self, send: Send, scope: Mapping[str, Any]) -> None:
        self._send, self._scope = send, scope
        self._expiry: asyncio.TimerHandle | None = None
        self._streams: dict[str, Stream] = {}
        self._here = False
        self._controls = 0
        self.follower: Follower | None = None

    # --- what each kind of session says

    @property
    def stream(self) -> str:
        """Return the stream that commands are answered on."""
        raise NotImplementedError

    def look_up(self, user: User) -> int:
        """Read what is to be followed into the session; return a close code, or 0."""
        raise NotImplementedError

    def streams(self) -> list[Stream]:
        """Return what is followed, the main stream first; called after `look_up`, in a thread."""
        raise NotImplementedError

    def view_now(self, stream: str) -> str | None:
        """Ask the rows again: the person's view of the stream, or None when the right to it is gone."""
        raise NotImplementedError

    def came(self) -> None:
        """Everything is followed now."""

    def left(self) -> None:
        """Nothing is followed any more."""

    # --- coming in

    @property
    def user(self) -> User:
        """Return who this is."""
        return self.entrance.user

    @property
    def public_id(self) -> UUID:
        """Return the id in the address."""
        found: UUID = self._scope["url_route"]["kwargs"]["public_id"]
        return found

    async def arrive(self) -> int:
        """Let in who may come; return a close code (sign in, right lost, nothing here), or 0."""
        self._controls = current_hub().controls
        found = await entrance(self._scope)
        return SIGN_IN if found is None else await in_thread(lambda: self._admitted(found))

    def _admitted(self, found: Entrance) -> int:
        if self._named() not in ("", str(found.user.public_id)):
            return SIGN_IN
        self.entrance = found
        try:
            code = self.look_up(found.user)
        except Unseen:
            return NOT_HERE
        if code:
            return code
        until = found.good_until(timezone.now())
        _ = found.user.acting_post_id  # read once, for every record this session causes
        self.good_until = until or timezone.now()
        self._streams = {stream.key: stream for stream in self.streams()}
        return 0 if until else SIGN_IN

    def _named(self) -> str:
        """Return whom the page was made for: left open on a shared tablet, it does nothing as who signed in since."""
        query: bytes = self._scope["query_string"]
        return parse_qs(query.decode("latin-1")).get("as", [""])[0]

    async def begin(self, asked: Mapping[str, str]) -> None:
        """Follow everything from where the page says it stands, until session or token expires."""
        user = self.user
        self.follower = Follower(
            self._send, user_id=user.pk, allowed=self._allowed, language=user.language, scope=self._scope
        )
        current_hub().let_oldest_go(user.pk)
        for stream in self._streams.values():
            await self.follow(stream, since(asked, stream.label))
        if current_hub().controls != self._controls:  # somebody's right changed on the way in: whose, nobody heard here
            self.follower.rights_changed(None)
        self._wait_for_end()
        self._here = True
        self.came()

    async def follow(self, stream: Stream, start: Since | None) -> None:
        """Follow one more stream from where the page says it stands."""
        if self.follower is None:
            return
        await self.follower.follow(
            stream.key,
            view=stream.view,
            label=stream.label,
            shared=stream.shared,
            snapshot=self._reader(stream),
            since=start,
            floor=stream.floor,
            alone=stream.alone,
            heeds=stream.heeds,
            epoch=stream.epoch,
        )

    def _reader(self, stream: Stream) -> Callable[[str], Awaitable[Mapping[str, Any]]]:
        """Return what reads the snapshot of a stream on one of the lines' threads."""
        return lambda view: in_thread(lambda: stream.snapshot(view))

    async def _allowed(self, stream: str) -> str | None:
        return await in_thread(lambda: self.view_now(stream) if self.entrance.still_good() else None)

    # --- its end

    def _wait_for_end(self) -> None:
        """Look at session or token again when it should have expired."""
        left = (self.good_until - timezone.now()).total_seconds()
        self._expiry = asyncio.get_running_loop().call_later(max(left, 0), lambda: asyncio.ensure_future(self._end()))

    async def _end(self) -> None:
        """Close with what let it in; a browser session that was prolonged meanwhile goes on."""
        try:
            until, code = await in_thread(lambda: self.entrance.good_until(timezone.now())), SIGN_IN
        except DatabaseError:
            until, code = None, SERVICE_RESTART
        if self.follower is None or self._expiry is None:
            return
        if until is None:
            self.follower.close(code)
        else:
            self.good_until = until
            self._wait_for_end()

    def gone(self) -> None:
        """Leave whatever was followed; called once the transport has ended, by whomever."""
        if self._expiry is not None:
            self._expiry.cancel()
            self._expiry = None
        if self.follower is not None:
            self.follower.leave()
            self.follower = None
        if self._here:
            self._here = False
            self.left()

    # --- what comes in

    async def hear(self, text: str) -> None:
        """Answer one frame where everything else goes."""
        if self.follower is not None:
            await self.follower.answer(text, self.do, self.stream)

    async def answered(self, text: str) -> str | None:
        """Return the answer to one frame; it may come from a page whose frames go elsewhere."""
        if self.follower is not None:
            return await self.follower.answered(text, self.do, self.stream)
        language, end = self.user.language, lambda: current_hub().last(self.stream)
        return await answered(text, self.do, end=end, stream=self.stream, language=language, may_pass=never)

    async def do(self, request: Request) -> Mapping[str, Any] | None:
        """Do one command, or pass on what needs no answer."""
        if timezone.now() >= self.good_until or (self.follower is not None and self.follower.over):
            raise Refused("entrance_over")
        if request.id is None:
            await self.passed_on(request)
            return None
        if request.do == "snapshot":
            await self._refresh()
            return None
        at = timezone.now()
        done = await self.do_here(request, at)
        return await self.obeyed(request, request.id, at) if done is None else done

    async def do_here(self, request: Request, at: datetime) -> Mapping[str, Any] | None:
        """Do what concerns the stay itself; None for every other command."""
        return None

    async def passed_on(self, request: Request) -> None:
        """Do what a passing frame asks; a kind of session that has none drops it."""

    async def obeyed(self, request: Request, request_id: UUID, at: datetime) -> Mapping[str, Any]:
        """Do one command."""
        raise Refused("unknown_command")

    async def _refresh(self) -> None:
        if self.follower is not None:
            await self.follower.refresh(self.stream)

    # --- what goes out without a number

    def tell(
        self,
        frame: Mapping[str, Any],
        views: tuple[str, ...] | None = None,
        *,
        key: str = "",
        keep: bool = False,
        pause: float = PAUSE,
    ) -> None:
        """Send a frame that is never stored to the main stream in every process, under a key one every `pause` seconds.

        With `keep` each process shows the newest one under the key to whoever comes later.
        """
        current_hub().ephemeral(self.stream, frame, views, key=key, keep=keep, pause=pause)

    def last(self, key: str) -> Mapping[str, Any] | None:
        """Return the newest kept frame under a key, as far as this process has heard of one."""
        return current_hub().kept(self.stream, key)


def never() -> bool:
    """Let nothing pass: whoever follows nothing has nothing to pass on."""
    return False


def since(asked: Mapping[str, str], label: str) -> Since | None:
    """Return where the page says it stands in a stream; without a number it needs everything."""
    number = asked.get(label or "since", "")
    usable = number.isascii() and number.isdigit() and len(number) <= LONGEST_NUMBER
    return Since(int(number), asked.get(f"{label}_epoch" if label else "epoch", "")) if usable else None
