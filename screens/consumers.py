"""The screen's socket: it follows its meeting as a guest sees it, and can ask for nothing else."""

import asyncio
from collections.abc import Mapping
from typing import Any

from channels.generic.websocket import AsyncWebsocketConsumer
from django.db import DatabaseError
from django.utils import timezone

from ledger.verdict import Refused
from live.follower import RIGHT_LOST, Follower
from live.frames import Request
from meetings.room_threads import in_thread
from meetings.snapshot.room import room_snapshot
from meetings.snapshot.views import GUEST
from people.queries import system_user
from people.socket_auth import is_own_page
from screens.actions.pairing import seen
from screens.device import COOKIE
from screens.models import Screen
from screens.queries import screen_by_token
from screens.rules import shows

UNKNOWN = 4401
WAITING = "screens"  # nothing is ever published there: following it is waiting to be told that one is paired
PULSE_SECONDS = 60.0


class ScreenConsumer(AsyncWebsocketConsumer):
    """One screen, waiting or paired; whatever changes for it closes the socket, and its page asks again."""

    token: str
    screen: Screen
    follower: Follower | None = None
    pulse: asyncio.TimerHandle | None = None

    async def connect(self) -> None:
        """Let in a browser that was given a code."""
        await self.accept()
        self.token = str(self.scope.get("cookies", {}).get(COOKIE, ""))[:100] if is_own_page(self.scope) else ""
        found = await in_thread(lambda: screen_by_token(self.token))
        if found is None:
            await self.close(UNKNOWN)
        elif not still(found, found):
            await self.close(RIGHT_LOST)
        else:
            self.screen = found
            await self.begin()

    async def begin(self) -> None:
        """Follow the meeting, always from a whole snapshot: nothing from before the pairing is replayed."""
        self.follower = Follower(self.base_send, user_id=-self.screen.pk, allowed=self.allowed, scope=self.scope)
        meeting = self.screen.meeting
        stream, view = (meeting.stream, GUEST) if meeting else (WAITING, "")
        await self.follower.follow(stream, view=view, snapshot=self.snapshot)
        await self.beat()

    async def snapshot(self, view: str) -> Mapping[str, Any]:
        """Return the room as guests have it; a waiting screen has nothing."""
        meeting = self.screen.meeting
        return await in_thread(lambda: room_snapshot(meeting, GUEST)) if meeting else {}

    async def allowed(self, stream: str) -> str | None:
        """Return the view of the stream, or None as soon as anything about this screen has changed."""
        return await in_thread(self.view_now)

    def view_now(self) -> str | None:
        """Ask the rows again."""
        now = screen_by_token(self.token)
        if now is None or not still(now, self.screen):
            return None
        return GUEST if now.meeting_id else ""

    async def beat(self) -> None:
        """Every minute: note that the screen is there, and look whether its meeting is over."""
        try:
            view = await in_thread(self.noted)
        except DatabaseError:
            view = ""
        if view is None and self.follower is not None:
            self.follower.close(RIGHT_LOST)
        elif self.follower is not None:
            loop = asyncio.get_running_loop()
            self.pulse = loop.call_later(PULSE_SECONDS, lambda: asyncio.ensure_future(self.beat()))

    def noted(self) -> str | None:
        """Note that the screen is there."""
        view = self.view_now()
        if view is not None:
            seen(self.screen, by=system_user(), at=timezone.now())
        return view

    async def disconnect(self, code: int) -> None:
        """Follow nothing more."""
        if self.pulse is not None:
            self.pulse.cancel()
        if self.follower is not None:
            self.follower.leave()
            self.follower = None

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """Refuse whatever is asked: a screen has no commands."""
        if self.follower is not None:
            await self.follower.answer(text_data or "", self.nothing)

    async def nothing(self, request: Request) -> Mapping[str, Any] | None:
        """Send the whole state again if that is asked; know no other command."""
        if request.do == "snapshot" and self.follower is not None and self.screen.meeting is not None:
            await self.follower.refresh(self.screen.meeting.stream)
            return None
        raise Refused("unknown_command")


def still(now: Screen, then: Screen) -> bool:
    """Is the screen what it was when its socket began, and may it go on?"""
    same = now.meeting_id == then.meeting_id and now.revision == then.revision
    return same and (now.meeting_id is None or shows(now, timezone.now()))
