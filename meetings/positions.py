"""Places on the agenda: counted from 1 without gaps, whatever is added, moved or removed. Pure."""

from collections.abc import Hashable, Sequence
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


def inserted(order: Sequence[Key], key: Key, position: int) -> list[Key]:
    """Return the order with `key` at `position` (from 1); beyond the ends it goes to the end that is nearer."""
    rest = [other for other in order if other != key]
    index = min(max(position, 1), len(rest) + 1) - 1
    return [*rest[:index], key, *rest[index:]]


def moved(order: Sequence[Key], key: Key, position: int) -> list[Key]:
    """Return the order after `key` was moved to `position`; an unknown key changes nothing."""
    return inserted(order, key, position) if key in order else list(order)


def removed(order: Sequence[Key], key: Key) -> list[Key]:
    """Return the order without `key`."""
    return [other for other in order if other != key]


def positions(order: Sequence[Key]) -> dict[Key, int]:
    """Return the place of every key."""
    return {key: place for place, key in enumerate(order, start=1)}
