"""The control stream: telling every process that somebody's rights have to be looked at again."""

from datetime import datetime
from typing import Any

from live.publish import publish

CONTROL = "control"


def rights_changed(*, user_id: int | None, stream: str | None, by: Any, at: datetime) -> None:
    """Have open sockets check their rights: of one person (None = everybody), on one stream (None = all).

    Called inside the action that takes a right away or gives one; it leaves no record of its own.
    """
    publish(CONTROL, "rights", {"user": user_id, "stream": stream}, by=by, at=at)
