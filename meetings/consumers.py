"""The WebSockets of a meeting."""

from meetings.session import RoomSession, SupportSession
from people.live_consumer import LiveConsumer


class RoomConsumer(LiveConsumer):
    """One tablet in one room."""

    kind = RoomSession


class SupportConsumer(LiveConsumer):
    """One page of somebody who serves a room."""

    kind = SupportSession
