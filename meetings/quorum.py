"""Is the meeting able to decide? Pure."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Quorum:
    """Voting members, those present, and how many must be; `needed` 0 where the rules ask for none."""

    members: int
    present: int
    needed: int

    @property
    def met(self) -> bool:
        """Are enough members in the room?"""
        return self.present >= self.needed

    def as_data(self) -> dict[str, Any]:
        """Return the quorum as JSON values."""
        return {"members": self.members, "present": self.present, "needed": self.needed, "met": self.met}


def needed(members: int, share: tuple[int, int] | None) -> int:
    """Return how many of `members` must be present: the share rounded up, at least one person."""
    if share is None:
        return 0
    return max(1, -(-members * share[0] // share[1]))


def quorum(members: int, present: int, share: tuple[int, int] | None) -> Quorum:
    """Return the quorum of a body of `members`, of whom `present` are in the room."""
    return Quorum(members, present, needed(members, share))
