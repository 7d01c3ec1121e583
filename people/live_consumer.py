"""The WebSocket of a session: a thin face over it."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol
from urllib.parse import parse_qs

from channels.generic.websocket import AsyncWebsocketConsumer

from live.lines.line import Stay
from live.outlet import Send


class Heard(Stay, Protocol):
    """A stay that answers where everything else goes."""

    async def hear(self, text: str) -> None:
        """Answer one frame."""


class LiveConsumer(AsyncWebsocketConsumer):
    """One page's socket; a kind of consumer names the kind of session."""

    kind: Callable[[Send, Mapping[str, Any]], Heard]
    session: Heard | None = None

    async def connect(self) -> None:
        """Let in who may come; others learn from the close code whether to sign in or that nothing is here."""
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


def asked(scope: Mapping[str, bytes]) -> dict[str, str]:
    """Return where the page says it stands, from the address it asked for."""
    return {name: values[0] for name, values in parse_qs(scope["query_string"].decode("latin-1")).items()}
