"""How many points of whom go into one frame: the same of everybody, and what one has less goes to others. Pure."""

from collections.abc import Mapping
from typing import TypeVar

Who = TypeVar("Who")


def fair_shares(waiting: Mapping[Who, int], budget: int) -> dict[Who, int]:
    """Return how many points each may send: max-min fair, all of the budget while anything waits."""
    shares: dict[Who, int] = {}
    left, rest = budget, sorted(waiting, key=lambda who: waiting[who])
    for number, who in enumerate(rest):
        equal, over = divmod(left, len(rest) - number)
        shares[who] = min(waiting[who], equal + (1 if over else 0))
        left -= shares[who]
    return shares
