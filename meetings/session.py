"""One page's stay in a room, whatever carries its frames: who it is, what it follows, what it may ask for, its end.

A transport (a WebSocket, a stream of events, polling) makes a session with its own `send`, lets it arrive and
begin, hands it what comes in, and says when it has gone. `send` takes ASGI's WebSocket messages `send` and `close`.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
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
from live.follower import RIGHT_LOST, SERVICE_RESTART, Follower, Since
from live.frames import Request, ephemeral
from live.hub import current_hub
from live.outlet import Send
from meetings.ballot_box import ballot_box
from meetings.commands.obeying import obey
from meetings.commands.orders import Order
from meetings.commands.votes import ballot
from meetings.elsewhere import ask_who_is_there, listen
from meetings.models import Meeting, Participant
from meetings.passing import part, pass_on
from meetings.patches import personal_stream
from meetings.presence import Presence
from meetings.queries.calls import get_served_meeting, served_meetings
from meetings.queries.visible import get_visible_meeting
from meetings.room_threads import fresh, in_thread
from meetings.rules.calls import is_secretary, reads_messages
from meetings.rules.meeting import participation, place_in_room
from meetings.snapshot.calls import SECRETARY, SERVER, support_snapshot, support_stream
from meetings.snapshot.own import personal_snapshot
from meetings.snapshot.room import room_snapshot
from meetings.snapshot.views import CHAIR, view_of
from people.models import User
from people.socket_auth import Entrance, entrance

SIGN_IN, NOT_HERE = 4401, 4404
ME, SUPPORT = "me", "support"
SERVING = frozenset({"take_call", "settle_call"})
LONGEST_NUMBER = 18

presence = Presence()


@dataclass(frozen=True)
class Stream:
    """One stream a session follows; how its snapshot is made and below which number nothing may be replayed."""

    key: str
    view: str
    snapshot: Callable[[str], Mapping[str, Any]]
    label: str = ""
    shared: bool = True
    floor: int = 0


class Session:
    """What all sessions of a meeting have in common; a kind of session says who is let in and what it follows."""

    entrance: Entrance
    meeting: Meeting
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

    def look_up(self, user: User, public_id: UUID) -> int:
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
    def stream(self) -> str:
        """Return the stream that commands are answered on."""
        return self.meeting.stream

    async def arrive(self) -> int:
        """Let in who may come; return a close code (sign in, right lost, nothing here), or 0."""
        self._controls = current_hub().controls
        found = await entrance(self._scope)
        public_id = self._scope["url_route"]["kwargs"]["public_id"]
        return SIGN_IN if found is None else await in_thread(lambda: self._admitted(found, public_id))

    def _admitted(self, found: Entrance, public_id: UUID) -> int:
        if self._named() not in ("", str(found.user.public_id)):
            return SIGN_IN
        self.entrance = found
        try:
            code = self.look_up(found.user, public_id)
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
        for stream in self._streams.values():
            await self.follower.follow(
                stream.key,
                view=stream.view,
                label=stream.label,
                shared=stream.shared,
                snapshot=self._reader(stream),
                since=since(asked, stream.label),
                floor=stream.floor,
            )
        if current_hub().controls != self._controls:  # somebody's right changed on the way in: whose, nobody heard here
            self.follower.rights_changed(None)
        self._wait_for_end()
        self._here = True
        self.came()

    def _reader(self, stream: Stream) -> Callable[[str], Awaitable[Mapping[str, Any]]]:
        """Return what reads the snapshot of a stream on one of the room's threads."""
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
            part(self)
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
        return await self.obeyed(Order(request.do, request.data, request.id, self.user, timezone.now()))

    async def passed_on(self, request: Request) -> None:
        """Do what a passing frame asks; a kind of session that has none drops it."""

    async def obeyed(self, order: Order) -> Mapping[str, Any]:
        """Do one command; ballots go into the box, where those of a moment are committed together."""
        if order.do == "cast":
            return await ballot_box.put_here(self.meeting.pk, *ballot(order))
        return await in_thread(lambda: obey(self.meeting, replace(order, by=fresh(order.by))))

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
        """Send a frame that is never stored to the room in every process, under a key one every `pause` seconds.

        With `keep` each process shows the newest one under the key to whoever comes later.
        """
        current_hub().ephemeral(self.stream, frame, views, key=key, keep=keep, pause=pause)

    def last(self, key: str) -> Mapping[str, Any] | None:
        """Return the newest kept frame under a key, as far as this process has heard of one."""
        return current_hub().kept(self.stream, key)


class RoomSession(Session):
    """One page in one room: the room as the person's view has it, and what is the person's own."""

    place: Participant

    def look_up(self, user: User, public_id: UUID) -> int:
        """Let in who takes part."""
        place = place_in_room(user, public_id)
        if place is None:
            self.meeting = get_visible_meeting(user, public_id)  # or there is nothing here for them
            return RIGHT_LOST
        self.place, self.meeting = place, place.meeting
        return 0

    @property
    def view(self) -> str:
        """Return which view of the room the person had when they came."""
        return view_of(self.place)

    def streams(self) -> list[Stream]:
        """Return the room and the person's own; a secretary also follows the calls from the seats."""
        meeting, user = self.meeting, self.user
        own = personal_stream(meeting, user.pk)
        return [
            Stream(meeting.stream, self.view, lambda view: room_snapshot(meeting, view), floor=self.place.told_from),
            Stream(own, "", lambda _: personal_snapshot(meeting, user), label=ME, shared=False),
            *([support(meeting, SECRETARY, label=SUPPORT)] if is_secretary(self.place) else []),
        ]

    def view_now(self, stream: str) -> str | None:
        """Ask for the place in the meeting again; who becomes a secretary or ceases to be one comes anew."""
        place = participation(self.user, self.meeting)
        if place is None:
            return None
        if is_secretary(place) != (support_stream(self.meeting) in self._streams):
            raise ComeAgain
        self.place = place
        if stream == support_stream(self.meeting):
            return SECRETARY
        return view_of(place) if stream == self.meeting.stream else ""

    async def passed_on(self, request: Request) -> None:
        """Do what a passing frame asks."""
        await pass_on(self, request)

    def came(self) -> None:
        """Show chair and secretary who is connected; when they come they get everybody, here and elsewhere."""
        listen(presence)
        if presence.came(self.meeting.pk, str(self.place.public_id)):
            self._show(connected=True)
        if self.view == CHAIR and self.follower is not None:
            here = dict.fromkeys(presence.here(self.meeting.pk), True)
            self.follower.say(ephemeral({"kind": "here", "data": here}))
            ask_who_is_there(self.meeting)

    def left(self) -> None:
        """Show that the person's last page went."""
        if presence.went(self.meeting.pk, str(self.place.public_id)):
            self._show(connected=False)

    def _show(self, *, connected: bool) -> None:
        person = str(self.place.public_id)
        self.tell({"kind": "here", "data": {person: connected or None}}, (CHAIR,), key=f"here:{person}")


class SupportSession(Session):
    """The page of one who serves a room: calls and seats, and nothing else of the meeting."""

    def look_up(self, user: User, public_id: UUID) -> int:
        """Let in who serves the room."""
        self.meeting = get_served_meeting(user, public_id)
        return 0

    @property
    def stream(self) -> str:
        """Return the stream that commands are answered on."""
        return support_stream(self.meeting)

    def streams(self) -> list[Stream]:
        """Return the calls."""
        view = SECRETARY if reads_messages(self.user, self.meeting) else SERVER
        return [support(self.meeting, view)]

    def view_now(self, stream: str) -> str | None:
        """Ask again whether the person serves the room."""
        if not served_meetings(self.user).filter(pk=self.meeting.pk).exists():
            return None
        return SECRETARY if reads_messages(self.user, self.meeting) else SERVER

    async def obeyed(self, order: Order) -> Mapping[str, Any]:
        """Take up and settle calls; nothing else can be asked for here."""
        if order.do not in SERVING:
            raise Refused("unknown_command")
        return await super().obeyed(order)


class ComeAgain(Exception):
    """The person follows other streams from now on: their page comes back and finds them."""


def support(meeting: Meeting, view: str, label: str = "") -> Stream:
    """Return the calls from the seats, as a stream to follow."""
    return Stream(support_stream(meeting), view, lambda now: support_snapshot(meeting, now), label=label)


def never() -> bool:
    """Let nothing pass: whoever follows nothing has nothing to pass on."""
    return False


def since(asked: Mapping[str, str], label: str) -> Since | None:
    """Return where the page says it stands in a stream; without a number it needs everything."""
    number = asked.get(label or "since", "")
    usable = number.isascii() and number.isdigit() and len(number) <= LONGEST_NUMBER
    return Since(int(number), asked.get(f"{label}_epoch" if label else "epoch", "")) if usable else None
