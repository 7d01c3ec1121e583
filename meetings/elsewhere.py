"""Who is connected at other processes: each keeps its own count, and they answer one another.

A chair who comes asks all processes who is there. When one says that somebody's last page there went, a process that
still has a page of theirs says so.
"""

import asyncio
from collections.abc import Mapping
from typing import Any

from live import courier
from live.hub import current_hub
from meetings.models import Meeting
from meetings.presence import Presence
from meetings.snapshot.views import CHAIR

WHO = "room.who"
HERE = "here"
AFTER = 0.05  # what contradicts comes after what it contradicts


class Elsewhere:
    """This process's ear for questions about who is connected; one per event loop."""

    def __init__(self, presence: Presence, loop: asyncio.AbstractEventLoop) -> None:
        self.presence, self.loop = presence, loop
        courier.hear(self._heard)

    def _heard(self, told: Mapping[str, Any]) -> None:
        """Take a message of another process (in the courier's thread)."""
        asked = told.get("type") == WHO
        went = told.get("type") == "live.ephemeral" and told["frame"].get("kind") == HERE
        if (asked or went) and not self.loop.is_closed():
            people = None if asked else [one for one, here in told["frame"]["data"].items() if here is None]
            self.loop.call_soon_threadsafe(self.loop.call_later, AFTER, self._answer, told["stream"], people)

    def _answer(self, stream: str, people: list[str] | None) -> None:
        """Say who is connected here, of these people or of all."""
        here = self.presence.here(int(stream.split(":")[1]))
        named = here if people is None else [one for one in people if one in here]
        if named:
            frame = {"kind": HERE, "data": dict.fromkeys(named, True)}
            current_hub().ephemeral(stream, frame, (CHAIR,))


_ears: list[Elsewhere] = []


def listen(presence: Presence) -> None:
    """Answer other processes from now on."""
    loop = asyncio.get_running_loop()
    if not _ears or _ears[-1].loop is not loop:
        _ears.append(Elsewhere(presence, loop))


def ask_who_is_there(meeting: Meeting) -> None:
    """Have the other processes say who is connected to them."""
    courier.send({"type": WHO, "stream": meeting.stream})
