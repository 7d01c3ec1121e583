"""Whose tablets are connected to a room in this process: counted per person, because one may have several."""

from collections import Counter, defaultdict


class Presence:
    """Connected sockets by room and person; used on one event loop only."""

    def __init__(self) -> None:
        self._rooms: dict[int, Counter[str]] = defaultdict(Counter)

    def came(self, room: int, person: str) -> bool:
        """Count one more socket; true if it is the person's first."""
        self._rooms[room][person] += 1
        return self._rooms[room][person] == 1

    def went(self, room: int, person: str) -> bool:
        """Count one socket less; true if it was the person's last."""
        self._rooms[room][person] -= 1
        if self._rooms[room][person] > 0:
            return False
        del self._rooms[room][person]
        if not self._rooms[room]:
            del self._rooms[room]
        return True

    def here(self, room: int) -> list[str]:
        """Return who is connected."""
        return sorted(self._rooms[room]) if room in self._rooms else []
