"""The log that rooms and inboxes are followed by."""

from live.models.stream import Event, Stream

__all__ = ["Event", "Stream"]
