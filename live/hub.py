"""The hub: one per process and event loop; reads each event once and writes the same bytes to every socket."""

import asyncio
import json
import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from live import courier
from live.bell import Fresh, off_ring, on_ring
from live.control import CONTROL
from live.ephemeral import PAUSE, Ticker, Told
from live.frames import Frame, Message, ephemeral
from live.log import End
from live.outlet import TRY_AGAIN_LATER
from live.reader import Reader
from live.room import Room, Subscription

if TYPE_CHECKING:
    from live.follower import Follower

logger = logging.getLogger(__name__)
SERVICE_RESTART = 1012
PATIENCE = 5.0
TICK_SECONDS = 20.0
PER_PERSON = 24  # a person's tablets and tabs, whatever carries their frames


class Hub:
    """Carries streams to the sockets of one event loop. Every method is called on that loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._rooms: dict[str, Room] = {}
        self._opening: dict[str, asyncio.Future[None]] = {}
        self._reader: Reader | None = None
        self._next_tick: asyncio.TimerHandle
        self.followers: dict[int, dict[Follower, None]] = defaultdict(dict)  # of each person, the oldest page first
        self.controls = 0  # how often rights had to be looked at again
        self._ticker = Ticker(loop, self._tell)

    # --- following

    async def join(self, subscription: Subscription) -> Room:
        """Begin to hold events for a subscription; return the room, whose `last` is where holding began."""
        while (room := self._rooms.get(subscription.stream)) is None:  # it may be gone again when we wake up
            await self._opened(subscription.stream, subscription.shared)
        room.holding.add(subscription)
        return room

    async def _opened(self, key: str, shared: bool) -> None:
        """Wait for a room that was not followed yet; several who ask at once share the answer."""
        if key not in self._opening:
            self._opening[key] = asyncio.ensure_future(self._open(key, shared))
            self._opening[key].add_done_callback(lambda _: self._opening.pop(key, None))
        await asyncio.shield(self._opening[key])

    async def _open(self, key: str, shared: bool) -> None:
        """Open a room; it stands before anything is delivered to it."""

        def opened(end: End) -> None:
            self._rooms.setdefault(key, Room(end.epoch, end.last, shared))
            self._loop.call_later(PATIENCE, self._drop_empty, key)  # who asked may be gone already

        asked = self._running_reader().open(key, self._from_reader(opened))
        await asyncio.wait_for(asyncio.wrap_future(asked), PATIENCE)

    def _running_reader(self) -> Reader:
        """Return the reader, started with the first follower; it follows the control stream from the start."""
        if self._reader is None:
            self._reader = reader = Reader(self._from_reader(self._deliver), self._from_reader(self._restarted))
            on_ring(self._rung)
            courier.hear(self._heard)
            reader.start()
            reader.open(CONTROL, nothing)
            self._next_tick = self._loop.call_later(TICK_SECONDS, self._tick)
        return self._reader

    def _from_reader(self, call: Callable[..., None]) -> Callable[..., None]:
        def soon(*args: Any) -> None:
            if not self._loop.is_closed():
                self._loop.call_soon_threadsafe(call, *args)

        return soon

    async def missed(self, room: Room, key: str, after: int, upto: int) -> list[Frame] | None:
        """Return the events between two numbers; None when they are no longer kept."""
        async with room.reading:
            kept = room.since(after)
            if kept is None:
                kept = await asyncio.wrap_future(self._running_reader().history(key, after, upto))
                room.remember(kept)
        frames = [frame for frame in kept if frame.seq <= upto]
        return frames if len(frames) == upto - after else None

    def leave(self, subscription: Subscription) -> None:
        """Follow no more; the last one out turns off the light."""
        room = self._rooms.get(subscription.stream)
        if room is not None:
            room.drop(subscription)
        self._drop_empty(subscription.stream)

    def _drop_empty(self, key: str) -> None:
        room = self._rooms.get(key)
        if room is not None and room.empty:
            del self._rooms[key]
            if self._reader is not None:
                self._reader.close(key)
        if not self._rooms and not self._opening:
            self.stop()

    def hold(self, subscription: Subscription) -> Room | None:
        """Let what comes for a subscription wait; None when its room or its socket is gone."""
        room = None if subscription.outlet.lost else self._rooms.get(subscription.stream)
        if room is not None:
            room.hold(subscription)
        return room

    def last(self, key: str) -> int:
        """Return the number of the newest event delivered here."""
        room = self._rooms.get(key)
        return room.last if room else 0

    def forget(self, follower: "Follower") -> None:
        """Count a socket no more."""
        group = self.followers.get(follower.user_id)
        if group is not None:
            group.pop(follower, None)
            if not group:
                del self.followers[follower.user_id]

    def let_oldest_go(self, user_id: int) -> None:
        """Close the oldest pages of somebody who has more than one person looks at; they are probably dead."""
        for follower in tuple(self.followers.get(user_id, ()))[:-PER_PERSON]:
            follower.close(TRY_AGAIN_LATER)

    def stop(self) -> None:
        """End the reader; the next follower starts a new one."""
        if self._reader is not None:
            off_ring(self._rung)
            courier.forget(self._heard)
            self._next_tick.cancel()
            self._reader.stop()
            self._reader = None

    # --- carrying

    def _rung(self, fresh: Fresh) -> None:
        """Hear what this process just committed (in the thread that did)."""
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._take, fresh)

    def _take(self, fresh: Fresh) -> None:
        """Deliver what follows on at once, without reading it again; the reader looks for the rest."""
        for key, frames in fresh.items():
            room = self._rooms.get(key)
            if self._reader is None:
                return
            if room is not None and frames[0].seq == room.last + 1:
                room.deliver(frames)
                self._reader.passed(key, room.last)
            elif room is not None or key in self._opening or key == CONTROL:
                self._reader.rung({key: frames[-1].seq})

    def _deliver(self, key: str, frames: list[Frame]) -> None:
        """Deliver what the reader read, without what was delivered already."""
        if key == CONTROL:
            for frame in frames:
                self._control(json.loads(frame.bodies[""] or "{}"))
        room = self._rooms.get(key)
        new = [frame for frame in frames if frame.seq > room.last] if room is not None else []
        if room is None or not new:
            return
        if new[0].seq == room.last + 1:
            room.deliver(new)
        elif self._reader is not None:
            self._reader.rewind(key, room.last)

    def _control(self, order: Mapping[str, Any]) -> None:
        """Have rights looked at again: of one person or everybody, on one stream or all."""
        self.controls += 1
        user_id, stream = order.get("user"), order.get("stream")
        asked = self.followers.get(user_id, ()) if user_id else set().union(*self.followers.values())
        for follower in tuple(asked):
            follower.rights_changed(stream, own=bool(user_id))

    def _restarted(self, key: str) -> None:
        """A restored backup or a hole in the log: everybody comes back for a fresh snapshot."""
        room = self._rooms.pop(key, None)
        if self._reader is not None:
            self._reader.close(key)
        if room is None:
            return
        for outlet in room.outlets():
            outlet.close(SERVICE_RESTART)

    # --- frames without a number

    def ephemeral(
        self,
        stream: str,
        frame: Mapping[str, Any],
        views: Iterable[str] | None = None,
        *,
        key: str = "",
        keep: bool = False,
        pause: float = PAUSE,
    ) -> None:
        """Send a frame that is never stored to who follows `stream` (with one of `views`), in every process.

        With a `key` one goes out every `pause` seconds: the newest always arrives, those between may not. One to `keep`
        is also shown to who comes later, by every process in which somebody followed when it passed.
        """
        told = Told(frame, tuple(views) if views is not None else None, key if keep else "")
        self._ticker.send(stream, told, key, pause)

    def kept(self, stream: str, key: str) -> Mapping[str, Any] | None:
        """Return the newest frame kept under a key."""
        room = self._rooms.get(stream)
        told = room.kept.get(key) if room is not None else None
        return told.frame if told else None

    def _tick(self) -> None:
        """Let every page hear something: a browser does not notice a connection that died silently."""
        self._next_tick = self._loop.call_later(TICK_SECONDS, self._tick)
        tick = Message(ephemeral({"kind": "tick", "at": datetime.now(UTC).isoformat()}))
        for room in self._rooms.values():
            for view, label in tuple(room.flowing):
                if not label:
                    room.tell(view, label, tick)

    def _tell(self, stream: str, told: Told) -> None:
        message = {"frame": dict(told.frame), "views": told.views, "keep": told.keep}
        courier.send({"type": "live.ephemeral", "stream": stream, **message})
        self._tell_here(stream, told)

    def _tell_here(self, stream: str, told: Told) -> None:
        room = self._rooms.get(stream)
        if room is None:
            return
        room.keep(told)
        for view, label in tuple(room.flowing):
            if told.views is None or view in told.views:
                room.tell(view, label, Message(ephemeral(told.frame, label)))

    def _heard(self, told: Mapping[str, Any]) -> None:
        """Take a message of another process (in the courier's thread)."""
        if told.get("type") == "live.ring" and self._reader is not None:
            self._reader.rung(told["seqs"])
        elif told.get("type") == "live.ephemeral":
            self._from_reader(self._tell_here)(told["stream"], Told(told["frame"], told["views"], told.get("keep", "")))


def nothing(end: End) -> None:
    """The control stream has no room of its own."""


_hubs: WeakKeyDictionary[asyncio.AbstractEventLoop, Hub] = WeakKeyDictionary()


def current_hub() -> Hub:
    """Return the hub of the running event loop."""
    loop = asyncio.get_running_loop()
    if loop not in _hubs:
        _hubs[loop] = Hub(loop)
    return _hubs[loop]
