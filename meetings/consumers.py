"""The room's WebSocket: a thin face over the session."""

from collections.abc import Mapping
from urllib.parse import parse_qs

from channels.generic.websocket import AsyncWebsocketConsumer

from meetings.session import RoomSession, Session, SupportSession


class RoomConsumer(AsyncWebsocketConsumer):
    """One tablet in one room."""

    kind: type[Session] = RoomSession
    session: Session | None = None

    async def connect(self) -> None:
        """Let in who takes part; others learn from the close code whether to sign in or that nothing is here."""
        await self.accept()
        session = self.kind(self.base_send, self.scope)
        code = await session.arrive()
        if code:
            await self.close(code)
        else:
            self.session = session
            await session.begin(asked(self.scope))

    async def disconnect(self, code: int) -> None:
        """Leave whatever was followed."""
        if self.session is not None:
            self.session.gone()

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """Answer one frame."""
        if self.session is not None:
            await self.session.hear(text_data or "")


class SupportConsumer(RoomConsumer):
    """One page of somebody who serves a room."""

    kind = SupportSession


def asked(scope: Mapping[str, bytes]) -> dict[str, str]:
    """Return where the page says it stands, from the address it asked for."""
    return {name: values[0] for name, values in parse_qs(scope["query_string"].decode("latin-1")).items()}
