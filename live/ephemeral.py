"""Pacing of frames that are never stored: under one key at most four a second (or as told), the newest always last."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Views = tuple[str, ...] | None
PAUSE = 0.25
KEYS_KEPT = 4096


@dataclass(frozen=True)
class Told:
    """One frame, for whom, and the key under which it is kept for who comes later (none: it is not)."""

    frame: Mapping[str, Any]
    views: Views = None
    keep: str = ""


class Ticker:
    """Sends the first frame of a key at once and then the newest one after each pause."""

    def __init__(self, loop: asyncio.AbstractEventLoop, send: Callable[[str, Told], None]) -> None:
        self._loop, self._send = loop, send
        self._sent: dict[tuple[str, str], float] = {}
        self._waiting: dict[tuple[str, str], Told] = {}

    def send(self, stream: str, told: Told, key: str, pause: float = PAUSE) -> None:
        """Send now, or keep as the newest until the pause is over."""
        place = stream, key
        due = self._sent.get(place, 0.0) + pause if key else 0.0
        now = self._loop.time()
        if place in self._waiting:
            self._waiting[place] = told
        elif due > now:
            self._waiting[place] = told
            self._loop.call_at(due, self._late, place)
        else:
            self._now(place, told)

    def _late(self, place: tuple[str, str]) -> None:
        self._now(place, self._waiting.pop(place))

    def _now(self, place: tuple[str, str], told: Told) -> None:
        if place[1]:
            self._sent[place] = self._loop.time()
            if len(self._sent) > KEYS_KEPT:
                self._sent = {key: at for key, at in self._sent.items() if at + PAUSE > self._loop.time()}
        self._send(place[0], told)


class Allowance:
    """How many ephemeral frames one socket may send: `rate` a second, `burst` at once."""

    def __init__(self, rate: float = 30.0, burst: float = 60.0) -> None:
        self._rate, self._burst, self._left, self._at = rate, burst, burst, 0.0

    def spend(self, now: float) -> bool:
        """May one more be sent at `now` (seconds of a clock that never goes back)?"""
        self._left = min(self._burst, self._left + (now - self._at) * self._rate)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True
