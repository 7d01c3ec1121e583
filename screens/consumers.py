"""The screen's WebSocket: a thin face over its stay."""

from channels.generic.websocket import AsyncWebsocketConsumer

from screens.session import ScreenSession


class ScreenConsumer(AsyncWebsocketConsumer):
    """One screen."""

    session: ScreenSession | None = None

    async def connect(self) -> None:
        """Let in a browser that was given a code."""
        await self.accept()
        session = ScreenSession(self.base_send, self.scope)
        code = await session.arrive()
        if code:
            await self.close(code)
        else:
            self.session = session
            await session.begin({})

    async def disconnect(self, code: int) -> None:
        """Follow nothing more."""
        if self.session is not None:
            self.session.gone()

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """Answer one frame."""
        if self.session is not None:
            await self.session.hear(text_data or "")
