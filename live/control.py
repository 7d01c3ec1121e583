"""The control stream: telling every process that somebody's rights have to be looked at again."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from live.log import ends, events
from live.publish import publish

CONTROL = "control"
LOOKED_THROUGH = 200


def rights_changed(*, user_id: int | None, stream: str | None, by: Any, at: datetime) -> None:
    """Have open sockets check their rights: of one person (None = everybody), on one stream (None = all).

    Called inside the action that takes a right away or gives one; it leaves no record of its own.
    """
    publish(CONTROL, "rights", {"user": user_id, "stream": stream}, by=by, at=at)


def untouched_since(after: int, user_id: int, streams: Iterable[str]) -> bool:
    """Is it sure that since this number of the control stream nothing was said about a person's rights to streams?"""
    end, heeded = ends([CONTROL]).get(CONTROL), list(streams)
    if end is None:
        return after == 0
    said = events(end.stream_id, after, upto=end.last, limit=LOOKED_THROUGH)
    if len(said) != end.last - after:
        return False
    orders = [json.loads(frame.bodies[""] or "{}") for frame in said]
    return not any(is_about(order.get("user"), order.get("stream"), user_id, heeded) for order in orders)


def is_about(whose: int | None, stream: str | None, user_id: int, streams: Iterable[str]) -> bool:
    """Is an order about this person: about them alone, wherever, or about everybody on one of these streams?"""
    if whose is not None:
        return whose == user_id
    return any(concerns(stream, key) for key in streams)


def concerns(stream: str | None, key: str) -> bool:
    """Is `key` the stream a change of rights names, or a personal one below it?"""
    return stream is None or key == stream or key.startswith(f"{stream}:")
