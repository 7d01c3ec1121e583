"""How many points of whom go into one frame, and how soon the next one follows. Pure."""

from collections.abc import Mapping
from typing import TypeVar

Who = TypeVar("Who")
EVERY, SLOWEST = 0.05, 0.6  # seconds
GIVES_WAY = 5
FRAMES_A_SECOND = 240  # to people named, of one document: a dozen watch one who draws at the full pace


def fair_shares(waiting: Mapping[Who, int], budget: int) -> dict[Who, int]:
    """Return how many points each may send: the same of everybody, and what one has less goes to others."""
    shares: dict[Who, int] = {}
    left, rest = budget, sorted(waiting, key=lambda who: waiting[who])
    for number, who in enumerate(rest):
        equal, over = divmod(left, len(rest) - number)
        shares[who] = min(waiting[who], equal + (1 if over else 0))
        left -= shares[who]
    return shares


def pause_among(streams: int) -> float:
    """Return the pause that lets so many streams keep to one budget of frames together."""
    return streams / FRAMES_A_SECOND


def pause_after(held_up: float) -> float:
    """Return the pause before the next frame, when the last one was late or took this long.

    Where the machine is short of time, strokes that grow give way to those that are finished: at most every sixth
    moment is theirs.
    """
    return min(SLOWEST, max(EVERY, GIVES_WAY * held_up))
