"""The agenda as an outline: a flat order of rows, each with how far it stands in. Pure.

An outline keeps three promises: its first row stands at depth 0, no row stands more than one step deeper than the row
before it, none deeper than `DEEPEST`. A change moves a row with everything under it and never gives another row a new
parent, so that two people who work in different places undo nothing of each other's.
"""

from collections.abc import Callable, Hashable, Sequence
from typing import Generic, NamedTuple, TypeVar

Key = TypeVar("Key", bound=Hashable)

DEEPEST = 3


class Row(NamedTuple, Generic[Key]):
    """One item: its key and its depth."""

    key: Key
    depth: int


Rows = Sequence[Row[Key]]


def is_outline(depths: Sequence[int]) -> bool:
    """Do these depths, in order, make an outline?"""
    before = -1
    for depth in depths:
        if not 0 <= depth <= min(before + 1, DEEPEST):
            return False
        before = depth
    return True


def settled(depths: Sequence[int]) -> list[int]:
    """Return the depths with every row that stands too deep drawn out as little as possible."""
    result: list[int] = []
    for depth in depths:
        deepest = result[-1] + 1 if result else 0
        result.append(max(0, min(depth, deepest, DEEPEST)))
    return result


def labels(depths: Sequence[int]) -> list[str]:
    """Return the number of each row: "1", "1.1", "1.2", "2"."""
    counters: list[int] = []
    result = []
    for depth in depths:
        counters = counters[: depth + 1]
        counters += [0] * (depth + 1 - len(counters))
        counters[depth] += 1
        result.append(".".join(str(number) for number in counters))
    return result


def place_of(rows: Rows[Key], key: Key) -> int:
    """Return where the row stands, -1 when it does not."""
    return next((index for index, row in enumerate(rows) if row.key == key), -1)


def end_of(depths: Sequence[int], start: int) -> int:
    """Return the first place after the row at `start` and everything under it."""
    end = start + 1
    while end < len(depths) and depths[end] > depths[start]:
        end += 1
    return end


def branch(rows: Rows[Key], key: Key) -> list[Row[Key]]:
    """Return the row with everything under it; nothing for an unknown key."""
    start = place_of(rows, key)
    return list(rows[start : end_of([row.depth for row in rows], start)]) if start >= 0 else []


def room_at(rows: Rows[Key], gap: int) -> tuple[int, int]:
    """Return the least and the greatest depth something put into the gap before `rows[gap]` may have.

    Not less than what follows has: it would become the newcomer's.
    """
    least = rows[gap].depth if gap < len(rows) else 0
    greatest = min(rows[gap - 1].depth + 1, DEEPEST) if gap else 0
    return least, greatest


def put(rows: Rows[Key], moving: Rows[Key], *, after: Key | None, depth: int) -> list[Row[Key]]:
    """Return the rows with a branch put right after the row `after` (None: first), at the nearest depth that is free.

    After a row that is not there it goes to the end.
    """
    if not moving:
        return list(rows)
    known = 0 if after is None else place_of(rows, after) + 1
    gap = known if after is None or known else len(rows)
    least, greatest = room_at(rows, gap)
    shift = max(least, min(depth, greatest)) - moving[0].depth
    deepest = max(row.depth for row in moving) + shift
    shift -= max(0, min(deepest - DEEPEST, moving[0].depth + shift - least))
    shifted = [Row(row.key, min(row.depth + shift, DEEPEST)) for row in moving]
    return [*rows[:gap], *shifted, *rows[gap:]]


def moved(rows: Rows[Key], key: Key, *, after: Key | None, depth: int) -> list[Row[Key]]:
    """Return the rows after a row, with what is under it, was moved behind `after`; into itself changes nothing."""
    moving = branch(rows, key)
    taken = {row.key for row in moving}
    if not moving or (after is not None and (after in taken or place_of(rows, after) < 0)):
        return list(rows)
    return put([row for row in rows if row.key not in taken], moving, after=after, depth=depth)


def removed(rows: Rows[Key], key: Key) -> list[Row[Key]]:
    """Return the rows without this one and what is under it."""
    taken = {row.key for row in branch(rows, key)}
    return [row for row in rows if row.key not in taken]


def _sibling_before(rows: Rows[Key], index: int) -> int:
    """Return where the nearest earlier row under the same parent stands, -1 when it is the first."""
    for place in range(index - 1, -1, -1):
        if rows[place].depth <= rows[index].depth:
            return place if rows[place].depth == rows[index].depth else -1
    return -1


def raised(rows: Rows[Key], key: Key) -> list[Row[Key]]:
    """Return the rows after a row changed places with the one before it under the same parent."""
    index = place_of(rows, key)
    before = _sibling_before(rows, index) if index >= 0 else -1
    if before < 0:
        return list(rows)
    return moved(rows, key, after=rows[before - 1].key if before else None, depth=rows[index].depth)


def lowered(rows: Rows[Key], key: Key) -> list[Row[Key]]:
    """Return the rows after a row changed places with the one after it under the same parent."""
    index = place_of(rows, key)
    depths = [row.depth for row in rows]
    end = end_of(depths, index) if index >= 0 else len(rows)
    if end >= len(rows) or depths[end] != depths[index]:
        return list(rows)
    return raised(rows, rows[end].key)


def indented(rows: Rows[Key], key: Key) -> list[Row[Key]]:
    """Return the rows after a row became the last one under the row before it, if its branch still fits."""
    index = place_of(rows, key)
    fits = max((row.depth for row in branch(rows, key)), default=DEEPEST) < DEEPEST
    if index < 0 or not fits or _sibling_before(rows, index) < 0:
        return list(rows)
    return moved(rows, key, after=rows[index - 1].key, depth=rows[index].depth + 1)


def outdented(rows: Rows[Key], key: Key) -> list[Row[Key]]:
    """Return the rows after a row left its parent, to stand right behind it and all that is under it."""
    index = place_of(rows, key)
    if index < 0 or rows[index].depth == 0:
        return list(rows)
    depths = [row.depth for row in rows]
    parent = next(place for place in range(index - 1, -1, -1) if depths[place] < depths[index])
    last = [row for row in rows[: end_of(depths, parent)] if row not in branch(rows, key)][-1]
    return moved(rows, key, after=last.key, depth=depths[index] - 1)


STEPS: dict[str, Callable[[Rows[int], int], list[Row[int]]]] = {
    "up": raised,
    "down": lowered,
    "in": indented,
    "out": outdented,
}


def covered(depths: Sequence[int], hidden: Sequence[bool]) -> list[bool]:
    """Return which rows are hidden, because they are or something they stand under is."""
    result: list[bool] = []
    cover = DEEPEST + 1
    for depth, is_hidden in zip(depths, hidden, strict=True):
        cover = cover if depth > cover else (depth if is_hidden else DEEPEST + 1)
        result.append(depth >= cover)
    return result


def spans(depths: Sequence[int], minutes: Sequence[int]) -> list[int]:
    """Return how long each row takes: what is planned under it, or what is planned for itself where nothing is."""
    result = list(minutes)
    for start in range(len(depths) - 1, -1, -1):
        end = end_of(depths, start)
        under = sum(result[place] for place in range(start + 1, end) if depths[place] == depths[start] + 1)
        result[start] = under or minutes[start]
    return result


def clock(depths: Sequence[int], minutes: Sequence[int]) -> tuple[list[int], int]:
    """Return after how many minutes each row starts, and how many all take."""
    taken = spans(depths, minutes)
    starts: list[int] = []
    ends: list[int] = []  # of each depth now open: where its next row starts
    for depth, span in zip(depths, taken, strict=True):
        start = ends[depth] if depth < len(ends) else (starts[-1] if starts else 0)
        starts.append(start)
        ends = [*ends[:depth], start + span]
    return starts, sum(span for depth, span in zip(depths, taken, strict=True) if depth == 0)
