"""The bell: after a commit, tell every process which streams have moved; the hub also polls, so it may be lost."""

from collections.abc import Callable, Mapping

from live import courier

_listeners: list[Callable[[Mapping[str, int]], None]] = []


def on_ring(listener: Callable[[Mapping[str, int]], None]) -> None:
    """Let a hub of this process hear the bell."""
    _listeners.append(listener)


def off_ring(listener: Callable[[Mapping[str, int]], None]) -> None:
    """Let a hub that ends hear it no more."""
    _listeners.remove(listener)


def ring(seqs: Mapping[str, int]) -> None:
    """Tell that these streams now end at these numbers."""
    for listener in _listeners:
        listener(seqs)
    courier.send({"type": "live.ring", "seqs": dict(seqs)})
