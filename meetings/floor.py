"""The clock of who has the floor: used, left, over. Pure; the room counts the same (js/room/speaking/timer.js)."""

from dataclasses import dataclass

NEAR = 30_000
FREE, CALM, CLOSE, OVER = "free", "calm", "near", "over"


@dataclass(frozen=True)
class Stand:
    """How a turn stands, in milliseconds; `tone` is free (no limit), calm, near or over."""

    used: int
    left: int
    over: int
    tone: str


def used_ms(used: int, since: int | None, now: int) -> int:
    """Return how long somebody has held the floor: what was counted before, and since the clock last started."""
    return used if since is None else used + max(0, now - since)


def stand(limit_seconds: int, used: int) -> Stand:
    """Return what is left of a limit (0: there is none) after so much was used."""
    if limit_seconds == 0:
        return Stand(used, 0, 0, FREE)
    left = limit_seconds * 1000 - used
    if left < 0:
        return Stand(used, 0, -left, OVER)
    return Stand(used, left, 0, CLOSE if left <= NEAR else CALM)


def clock(ms: int) -> str:
    """Return a length of time as a clock shows it, whole seconds: 6:05, 1:02:03."""
    seconds = max(0, ms) // 1000
    hours, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"
