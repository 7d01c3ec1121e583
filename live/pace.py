"""Writing an endless HTTP answer only as fast as it is read, on a server whose `send` never waits.

Uvicorn's `send` waits by itself. Daphne's hands everything to Twisted, whose buffer would grow without a bound: there
the scope brings a pace, which knows whether the buffer is full.
"""

from collections.abc import Mapping
from typing import Any, Protocol

EXTENSION = "nghisu.pace"


class Pace(Protocol):
    """How fast one HTTP answer is read."""

    def begin(self) -> None:
        """Begin to look, once the answer has begun."""

    async def room(self) -> None:
        """Wait until there is room in the buffer."""

    def end(self) -> None:
        """Look no more: the last part follows."""


def pace_of(scope: Mapping[str, Any]) -> Pace | None:
    """Return the pace of an answer, where its server brings one."""
    pace: Pace | None = (scope.get("extensions") or {}).get(EXTENSION)
    return pace
