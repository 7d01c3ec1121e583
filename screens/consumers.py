"""The screen's WebSocket: a thin face over its stay."""

from people.live_consumer import LiveConsumer
from screens.session import ScreenSession


class ScreenConsumer(LiveConsumer):
    """One screen."""

    kind = ScreenSession
