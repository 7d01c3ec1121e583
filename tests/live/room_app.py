"""The ASGI application of the test room: who one is and what one sees stand in the address."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any
from urllib.parse import parse_qs

from asgiref.sync import sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer
from channels.routing import ProtocolTypeRouter, URLRouter
from django.urls import path
from django.utils import timezone

from ledger.commands import once
from live.follower import Follower, Since
from live.frames import Request
from live.hub import current_hub
from people.models import User
from tests.live import board

writer = ThreadPoolExecutor(max_workers=1)


class Room(AsyncWebsocketConsumer):
    """One socket of the test room."""

    async def connect(self) -> None:
        asked = {name: values[0] for name, values in parse_qs(self.scope["query_string"].decode()).items()}
        self.view = asked.get("view", "")
        self.user = await User.objects.aget(pk=asked["user"])
        await self.accept()
        self.follower = Follower(self.base_send, user_id=self.user.pk, allowed=self.allowed, scope=self.scope)
        await self.follower.follow(
            board.STREAM, view=self.view, snapshot=sync_to_async(board.snapshot), since=since(asked, "since", "epoch")
        )
        if "me" in asked:
            await self.follower.follow(
                board.personal(self.user.pk),
                view="",
                label="me",
                shared=False,
                snapshot=self.my_snapshot,
                since=since(asked, "me", "me_epoch"),
            )

    async def disconnect(self, code: int) -> None:
        if hasattr(self, "follower"):
            self.follower.leave()

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        await self.follower.answer(text_data or "", self.do, board.STREAM)

    async def do(self, request: Request) -> dict[str, Any] | None:
        """Do one command."""
        if request.id is None:
            current_hub().ephemeral(board.STREAM, {"kind": request.do, "data": request.data}, key=request.do)
            return None
        act = board.count if request.do == "count" else board.say
        work = partial(act, by=self.user, at=timezone.now(), **request.data)
        once_only = partial(once, self.user, request.id, timezone.now(), work)
        return await asyncio.get_running_loop().run_in_executor(writer, once_only)

    async def allowed(self, stream: str) -> str | None:
        """Return the view, unless the person was deactivated; a name may make one a guest."""
        user = await User.objects.aget(pk=self.user.pk)
        if not user.is_active:
            return None
        return "guest" if user.phone == "guest" else self.view

    async def my_snapshot(self, view: str) -> dict[str, Any]:
        """Return what is the person's own."""
        return await sync_to_async(board.my_snapshot)(self.user.pk)


def since(asked: dict[str, str], seq: str, epoch: str) -> Since | None:
    """Return where the page says it stands."""
    return Since(int(asked[seq]), asked.get(epoch, "")) if asked.get(seq, "").isdigit() else None


application = ProtocolTypeRouter({"websocket": URLRouter([path("ws/", Room.as_asgi())])})
