"""Meetings at the same time stand side by side: which column each gets, of how many. Pure."""

from collections.abc import Sequence

Span = tuple[int, int]


def side_by_side(spans: Sequence[Span]) -> list[tuple[int, int]]:
    """Return (column, columns) for each span, in the order given.

    Spans that touch one another, directly or through others, share a group; a group has as many columns as spans run
    at once in it, and nobody shares a column with a span that overlaps theirs.
    """
    placed = [(0, 1)] * len(spans)
    group: list[tuple[int, int]] = []
    ends: list[int] = []
    for index in sorted(range(len(spans)), key=lambda one: (spans[one][0], -spans[one][1])):
        start, end = spans[index]
        if ends and start >= max(ends):
            _close(placed, group, len(ends))
            group, ends = [], []
        column = next((place for place, busy in enumerate(ends) if busy <= start), len(ends))
        ends[column : column + 1] = [end]
        group.append((index, column))
    _close(placed, group, len(ends))
    return placed


def _close(placed: list[tuple[int, int]], group: Sequence[tuple[int, int]], columns: int) -> None:
    for index, column in group:
        placed[index] = (column, columns)
