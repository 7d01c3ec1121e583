"""The room's socket: who may come in, what they follow, what they may ask for."""

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from copy import copy
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar
from urllib.parse import parse_qs

from channels.generic.websocket import AsyncWebsocketConsumer
from django.db import DatabaseError, connection
from django.utils import timezone

from ledger.verdict import Refused, Unseen
from live.follower import RIGHT_LOST, SERVICE_RESTART, Follower, Since
from live.frames import Request, ephemeral
from live.hub import current_hub
from meetings.commands.obeying import obey
from meetings.commands.orders import Order
from meetings.commands.votes import cast
from meetings.models import Meeting, Participant
from meetings.patches import personal_stream
from meetings.presence import Presence
from meetings.queries.visible import get_visible_meeting
from meetings.rules.meeting import may_enter, participation
from meetings.snapshot.own import personal_snapshot
from meetings.snapshot.room import room_snapshot
from meetings.snapshot.views import CHAIR, view_of
from people.models import User
from people.socket_auth import Entrance, entrance

R = TypeVar("R")
SIGN_IN, NOT_HERE = 4401, 4404
ME = "me"
LONGEST_NUMBER = 18

# Django's own bridge has one thread for everything; a room that fills up needs a few, each with its connection.
threads = ThreadPoolExecutor(max_workers=4, thread_name_prefix="room")
presence = Presence()


async def in_thread(work: Callable[[], R]) -> R:
    """Do database work on one of the room's threads."""
    return await asyncio.get_running_loop().run_in_executor(threads, guarded, work)


def guarded(work: Callable[[], R]) -> R:
    """Do the work; a connection that failed is not used again."""
    try:
        return work()
    except DatabaseError:
        connection.close()
        raise


def fresh(user: User) -> User:
    """Return the person with their posts to be read again, acting in the post they came in with."""
    again = copy(user)
    for kept in ("posts_today", "administered_today"):
        again.__dict__.pop(kept, None)
    return again


class RoomConsumer(AsyncWebsocketConsumer):
    """One tablet in one room."""

    entrance: Entrance
    meeting: Meeting
    place: Participant
    follower: Follower | None = None
    good_until: datetime
    end_of_entrance: asyncio.TimerHandle | None = None

    async def connect(self) -> None:
        """Let in who takes part; others learn from the close code whether to sign in or that nothing is here."""
        await self.accept()
        found = await entrance(self.scope)
        code = SIGN_IN if found is None else await in_thread(lambda: self.admitted(found))
        if code:
            await self.close(code)
        else:
            await self.begin()

    def admitted(self, found: Entrance) -> int:
        """Look the meeting and the person's place up; return a close code, or 0."""
        self.entrance, user = found, found.user
        try:
            self.meeting = get_visible_meeting(user, self.scope["url_route"]["kwargs"]["public_id"])
        except Unseen:
            return NOT_HERE
        place = participation(user, self.meeting)
        if place is None or not may_enter(user, self.meeting):
            return RIGHT_LOST
        self.place = place
        until = found.good_until(timezone.now())
        _ = user.acting_post_id  # read once, for every record this socket causes
        self.good_until = until or timezone.now()
        return 0 if until else SIGN_IN

    async def begin(self) -> None:
        """Follow the room and what is the person's own, until session or token expires."""
        user = self.entrance.user
        self.follower = Follower(
            self.base_send, user_id=user.pk, allowed=self.allowed, language=user.language, scope=self.scope
        )
        asked = {name: values[0] for name, values in parse_qs(self.scope["query_string"].decode("latin-1")).items()}
        await self.follower.follow(
            self.meeting.stream,
            view=view_of(self.place),
            snapshot=self.shared,
            since=since(asked, "since", "epoch"),
            floor=self.place.told_from,
        )
        await self.follower.follow(
            personal_stream(self.meeting, user.pk),
            view="",
            label=ME,
            shared=False,
            snapshot=self.own,
            since=since(asked, "me", "me_epoch"),
        )
        self.wait_for_end()
        await self.came()

    def wait_for_end(self) -> None:
        """Look at session or token again when it should have expired."""
        left = (self.good_until - timezone.now()).total_seconds()
        loop = asyncio.get_running_loop()
        self.end_of_entrance = loop.call_later(max(left, 0), lambda: asyncio.ensure_future(self.end()))

    async def end(self) -> None:
        """Close the socket with what let it in; a session that was prolonged meanwhile goes on."""
        try:
            until, code = await in_thread(lambda: self.entrance.good_until(timezone.now())), SIGN_IN
        except DatabaseError:
            until, code = None, SERVICE_RESTART
        if self.follower is None or self.end_of_entrance is None:
            return
        if until is None:
            self.follower.close(code)
        else:
            self.good_until = until
            self.wait_for_end()

    async def disconnect(self, code: int) -> None:
        """Leave whatever was followed."""
        if self.end_of_entrance is not None:
            self.end_of_entrance.cancel()
            self.end_of_entrance = None
        if self.follower is not None:
            self.follower.leave()
            if presence.went(self.meeting.pk, str(self.place.public_id)):
                self.show(connected=False)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """Answer one frame."""
        if self.follower is not None:
            await self.follower.answer(text_data or "", self.do, self.meeting.stream)

    async def do(self, request: Request) -> Mapping[str, Any] | None:
        """Do one command; ballots go into the box, where those of a moment are committed together."""
        if request.id is None or self.follower is None:
            return None
        if timezone.now() >= self.good_until:
            raise Refused("entrance_over")
        if request.do == "snapshot":
            await self.follower.refresh(self.meeting.stream)
            return None
        order = Order(request.do, request.data, request.id, self.entrance.user, timezone.now())
        if request.do == "cast":
            return await asyncio.wrap_future(cast(self.meeting.pk, order))
        return await in_thread(lambda: obey(self.meeting, replace(order, by=fresh(order.by))))

    async def shared(self, view: str) -> Mapping[str, Any]:
        """Return the room as a view has it."""
        return await in_thread(lambda: room_snapshot(self.meeting, view))

    async def own(self, view: str) -> Mapping[str, Any]:
        """Return what is the person's own."""
        return await in_thread(lambda: personal_snapshot(self.meeting, self.entrance.user))

    async def allowed(self, stream: str) -> str | None:
        """Return the view the person has of a stream now, or None when they have lost it."""
        return await in_thread(lambda: self.view_now(stream))

    def view_now(self, stream: str) -> str | None:
        """Ask the rows again: account, session or token, and place in the meeting."""
        place = participation(self.entrance.user, self.meeting)
        if place is None or not self.entrance.still_good():
            return None
        return view_of(place) if stream == self.meeting.stream else ""

    async def came(self) -> None:
        """Show chair and secretary who is connected; they get the whole list of this process when they come."""
        first = presence.came(self.meeting.pk, str(self.place.public_id))
        if first:
            self.show(connected=True)
        if view_of(self.place) == CHAIR:
            here = dict.fromkeys(presence.here(self.meeting.pk), True)
            await self.send(text_data=ephemeral({"kind": "here", "data": here}))

    def show(self, *, connected: bool) -> None:
        """Tell chair and secretary that a person's first tablet came or the last one went."""
        person = str(self.place.public_id)
        frame = {"kind": "here", "data": {person: connected or None}}
        current_hub().ephemeral(self.meeting.stream, frame, (CHAIR,), key=f"here:{person}")


def since(asked: Mapping[str, str], seq: str, epoch: str) -> Since | None:
    """Return where the page says it stands; without a number it needs everything."""
    number = asked.get(seq, "")
    usable = number.isascii() and number.isdigit() and len(number) <= LONGEST_NUMBER
    return Since(int(number), asked.get(epoch, "")) if usable else None
