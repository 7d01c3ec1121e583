"""The bell: after a commit, tell every process which streams have moved; the hub also polls, so it may be lost."""

from collections.abc import Callable, Mapping

from live import courier
from live.frames import Frame

Fresh = Mapping[str, list[Frame]]
_listeners: list[Callable[[Fresh], None]] = []


def on_ring(listener: Callable[[Fresh], None]) -> None:
    """Let a hub of this process hear the bell, with what was just committed at hand."""
    _listeners.append(listener)


def off_ring(listener: Callable[[Fresh], None]) -> None:
    """Let a hub that ends hear it no more."""
    _listeners.remove(listener)


def ring(fresh: Fresh) -> None:
    """Tell what was committed: here the events themselves, to other processes only where the streams end now."""
    for listener in _listeners:
        listener(fresh)
    courier.send({"type": "live.ring", "seqs": {key: frames[-1].seq for key, frames in fresh.items()}})
