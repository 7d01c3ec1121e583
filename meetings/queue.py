"""In which order those who asked to speak are called. Pure; the room does the same (js/room/speaking/queue.js).

Fair: who has held the floor least on this item first, then by asking. Somebody with several requests counts the earlier
ones as held already, so nobody fills the head of the queue. Manual: as chair or secretary placed them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

FAIR, MANUAL = "fair", "manual"
ORDERS = (FAIR, MANUAL)


@dataclass(frozen=True)
class Line:
    """One waiting request; `at` is when it came, as text that sorts."""

    key: str
    person: str
    lane: str
    position: int
    at: str


def line_up(lines: Iterable[Line], held: Mapping[str, int], order: str) -> list[str]:
    """Return the keys of one lane in the order they are called; `held`: how often each person has had the floor."""
    asked = sorted(lines, key=lambda line: (line.at, line.key))
    if order == MANUAL:
        return [line.key for line in sorted(asked, key=lambda line: line.position)]
    before: dict[str, int] = defaultdict(int, held)
    ranked = []
    for place, line in enumerate(asked):
        ranked.append((before[line.person], place, line.key))
        before[line.person] += 1
    return [key for _rank, _place, key in sorted(ranked)]


def lanes(lines: Iterable[Line], held: Mapping[str, Mapping[str, int]], order: str) -> dict[str, list[str]]:
    """Return every lane's queue; a lane knows nothing of the others."""
    by_lane: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        by_lane[line.lane].append(line)
    return {lane: line_up(found, held.get(lane, {}), order) for lane, found in by_lane.items()}
