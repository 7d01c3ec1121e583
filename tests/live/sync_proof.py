"""The sync proof: old snapshot + published events = new snapshot, for every view of a stream and for the person.

assert_sync(meeting.stream, {view: partial(room_snapshot, meeting, view) for view in ("chair", "", "guest")}, act)
assert_sync(personal_stream(meeting, user.pk), {"": partial(personal_snapshot, meeting, user)}, act)
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

from live.log import End, events, opened
from live.patch import merged

SnapshotOf = Callable[[], Mapping[str, Any]]


def plain(state: Mapping[str, Any]) -> Any:
    """Return a snapshot as a page gets it."""
    return json.loads(json.dumps(state))


# What the last proof found at its end is where the next one starts, as long as nothing was published in between.
LAST: dict[tuple[str, int, str], Any] = {}


def reached(end: End, take: SnapshotOf) -> tuple[str, int, str]:
    """Name a snapshot: of a stream that stands here, taken like this."""
    return end.epoch, end.last, repr(take)


def stood(end: End, take: SnapshotOf) -> Any:
    """Return a snapshot from before the act."""
    name = reached(end, take)
    return LAST[name] if name in LAST else plain(take())


def nulls(value: Any, path: str = "") -> list[str]:
    """Return where a snapshot holds null, which no patch could bring about."""
    if value is None:
        return [path or "/"]
    if isinstance(value, dict):
        return [found for name, item in value.items() for found in nulls(item, f"{path}/{name}")]
    return []


def assert_sync(stream: str, snapshots: Mapping[str, SnapshotOf], act: Callable[[], Any]) -> Any:
    """Do `act` and prove that its events lead each view's old snapshot to its new one; return what `act` returned."""
    return assert_synced({stream: snapshots}, act)


def assert_synced(streams: Mapping[str, Mapping[str, SnapshotOf]], act: Callable[[], Any]) -> Any:
    """The same for several streams at once: the room's and the personal ones."""
    starts = {key: opened(key) for key in streams}
    before = {key: {view: stood(starts[key], take) for view, take in views.items()} for key, views in streams.items()}
    LAST.clear()
    result = act()
    ends = {key: opened(key) for key in streams}
    for key, views in streams.items():
        new = events(starts[key].stream_id, starts[key].last, limit=10_000)
        assert [frame.seq for frame in new] == [starts[key].last + 1 + place for place in range(len(new))]
        for view, take in views.items():
            state = before[key][view]
            for frame in new:
                body = frame.bodies[view] if view in frame.bodies else frame.bodies[""]
                state = merged(state, json.loads(body)) if body is not None else state
            after = LAST[reached(ends[key], take)] = plain(take())
            assert not nulls(after), f"{key}, view '{view}': a snapshot holds no nulls: {nulls(after)}"
            assert state == after, f"{key}, view '{view}': {difference(state, after)}"
    return result


def difference(state: Any, wanted: Any, path: str = "") -> str:
    """Return the first place where a patched state is not the snapshot."""
    if isinstance(state, dict) and isinstance(wanted, dict):
        for name in sorted({*state, *wanted}):
            if state.get(name) != wanted.get(name) or (name in state) != (name in wanted):
                return difference(state.get(name), wanted.get(name), f"{path}/{name}")
    return f"at {path or '/'} the events lead to {state!r}, the snapshot says {wanted!r}"
