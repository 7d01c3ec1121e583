"""How far a running meeting is: planned minutes left, from the agenda's outline and the time at the present item. Pure.

The room computes the same in the browser (static/meetings/js/room/progress.js); one file of cases proves both.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from meetings.outline import clock


@dataclass(frozen=True)
class Progress:
    """`left` minutes of `planned`; `over` by how many the present item has run past its plan."""

    planned: int
    left: int
    over: int


def progress(depths: Sequence[int], minutes: Sequence[int], current: int, spent: int) -> Progress:
    """Return the plan that is left when `spent` minutes have gone into row `current`; -1: before the first."""
    starts, planned = clock(depths, minutes)
    if current < 0:
        return Progress(planned, planned, 0)
    ahead = starts[current + 1] if current + 1 < len(starts) else planned
    own = ahead - starts[current]
    return Progress(planned, planned - starts[current] - min(spent, own), max(0, spent - own) if own else 0)
