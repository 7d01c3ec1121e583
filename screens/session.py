"""One screen's stay, whatever carries its frames: it follows its meeting as guests see it and asks for nothing."""

import asyncio
from collections.abc import Mapping
from typing import Any

from django.db import DatabaseError
from django.utils import timezone

from ledger.verdict import Refused
from live.follower import RIGHT_LOST, Follower
from live.frames import Request
from live.hub import current_hub
from live.outlet import Send
from meetings.snapshot.room import room_snapshot
from meetings.snapshot.views import GUEST
from people.live_threads import in_thread
from people.queries import system_user
from people.socket_auth import is_ours
from screens.actions.pairing import seen
from screens.device import COOKIE
from screens.models import Screen
from screens.queries import screen_by_token
from screens.rules import shows

UNKNOWN = 4401
WAITING = "screens"  # nothing is ever published there: following it is waiting to be told that one is paired
PULSE_SECONDS = 60.0


class ScreenSession:
    """One screen, waiting or paired; whatever changes for it ends the stay, and its page asks again."""

    screen: Screen

    def __init__(self, send: Send, scope: Mapping[str, Any]) -> None:
        self._send, self._scope = send, scope
        self._token = str(scope.get("cookies", {}).get(COOKIE, ""))[:100] if is_ours(scope) else ""
        self._pulse: asyncio.TimerHandle | None = None
        self._follower: Follower | None = None

    async def arrive(self) -> int:
        """Let in a browser that was given a code; return a close code, or 0."""
        found = await in_thread(lambda: screen_by_token(self._token))
        if found is None:
            return UNKNOWN
        self.screen = found
        return 0 if still(found, found) else RIGHT_LOST

    async def begin(self, asked: Mapping[str, str]) -> None:
        """Follow the meeting, always from a whole snapshot: nothing from before the pairing is replayed."""
        self._follower = Follower(self._send, user_id=-self.screen.pk, allowed=self._allowed, scope=self._scope)
        current_hub().let_oldest_go(-self.screen.pk)
        meeting = self.screen.meeting
        stream, view = (meeting.stream, GUEST) if meeting else (WAITING, "")
        await self._follower.follow(stream, view=view, snapshot=self._snapshot)
        await self._beat()

    async def hear(self, text: str) -> None:
        """Answer one frame."""
        if self._follower is not None:
            await self._follower.answer(text, self._do)

    async def answered(self, text: str) -> str | None:
        """Return the answer to one frame; what comes alone, apart from its stay, is not heard."""
        return await self._follower.answered(text, self._do) if self._follower is not None else None

    def gone(self) -> None:
        """Follow nothing more."""
        if self._pulse is not None:
            self._pulse.cancel()
        if self._follower is not None:
            self._follower.leave()
            self._follower = None

    async def _snapshot(self, view: str) -> Mapping[str, Any]:
        meeting = self.screen.meeting
        return await in_thread(lambda: room_snapshot(meeting, GUEST)) if meeting else {}

    async def _allowed(self, stream: str) -> str | None:
        return await in_thread(self._view_now)

    def _view_now(self) -> str | None:
        """Ask the rows again; None as soon as anything about this screen has changed."""
        now = screen_by_token(self._token)
        if now is None or not still(now, self.screen):
            return None
        return GUEST if now.meeting_id else ""

    async def _beat(self) -> None:
        """Every minute: note that the screen is there, and look whether its meeting is over."""
        try:
            view = await in_thread(self._noted)
        except DatabaseError:
            view = ""
        if self._follower is None:
            return
        if view is None:
            self._follower.close(RIGHT_LOST)
            return
        loop = asyncio.get_running_loop()
        self._pulse = loop.call_later(PULSE_SECONDS, lambda: asyncio.ensure_future(self._beat()))

    def _noted(self) -> str | None:
        view = self._view_now()
        if view is not None:
            seen(self.screen, by=system_user(), at=timezone.now())
        return view

    async def _do(self, request: Request) -> Mapping[str, Any] | None:
        """Send the whole state again if that is asked; know no other command."""
        if request.do != "snapshot":
            raise Refused("unknown_command")
        if self._follower is not None and self.screen.meeting is not None:
            await self._follower.refresh(self.screen.meeting.stream)
        return None


def still(now: Screen, then: Screen) -> bool:
    """Is the screen what it was when its stay began, and may it go on?"""
    same = now.meeting_id == then.meeting_id and now.revision == then.revision
    return same and (now.meeting_id is None or shows(now, timezone.now()))
