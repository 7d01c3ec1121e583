"""Who was in the room from when to when, from check-ins and leavings in the order of the ledger. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

CAME, WENT, UNDONE = "check_in", "leave", "undo_check_in"


@dataclass(frozen=True)
class Presence:
    """One person's presence in the meeting; `since` is set for who came late, `until` for who did not stay."""

    present: bool
    since: datetime | None = None
    until: datetime | None = None
    away: tuple[tuple[datetime, datetime], ...] = ()


def spells(moves: Iterable[tuple[datetime, str]]) -> list[tuple[datetime, datetime | None]]:
    """Return the times in the room, each from coming to going; the last may be open. Repeats change nothing.

    A check-in taken back says that the person had not been here at all.
    """
    found: list[tuple[datetime, datetime | None]] = []
    came: datetime | None = None
    for at, verb in moves:
        if verb == CAME and came is None:
            came = at
        elif verb == WENT and came is not None:
            found.append((came, at))
            came = None
        elif verb == UNDONE:
            found, came = [], None
    return [*found, (came, None)] if came is not None else found


def presence(moves: Iterable[tuple[datetime, str]], opened: datetime | None, closed: datetime | None) -> Presence:
    """Return how somebody was present between opening and closing; who left before the opening was not."""
    if opened is None:
        return Presence(False)
    during = [
        (came, went)
        for came, went in spells(moves)
        if (went is None or went > opened) and (closed is None or came <= closed)
    ]
    if not during:
        return Presence(False)
    first, last = during[0], during[-1]
    stayed = last[1] is None or (closed is not None and last[1] >= closed)
    gaps = tuple((went, back) for (_, went), (back, _) in pairwise(during) if went is not None)
    return Presence(
        present=True,
        since=first[0] if first[0] > opened else None,
        until=None if stayed else last[1],
        away=gaps,
    )
