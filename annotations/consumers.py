"""The WebSocket of pages that read documents."""

from annotations.live_reading import ReadingSession
from people.live_consumer import LiveConsumer


class ReadingConsumer(LiveConsumer):
    """One page that reads."""

    kind = ReadingSession
