"""What the hub keeps of one stream: who follows it, and its newest events."""

import asyncio
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from live.ephemeral import Told
from live.frames import Frame, Message, ephemeral
from live.lanes import Lanes
from live.outlet import Outlet

FRAMES_KEPT, OWN_FRAMES_KEPT = 512, 32  # a hall comes back at once; of one's own stream the log is soon read again
KEYS_KEPT = 64
Group = tuple[str, str]


@dataclass(eq=False)
class Subscription:
    """One socket following one stream; while `held` is a list, what comes waits there."""

    stream: str
    outlet: Outlet
    view: str
    label: str
    shared: bool = True
    held: list[Frame] | None = field(default_factory=list)

    @property
    def group(self) -> Group:
        """Those who get the same bytes."""
        return self.view, self.label

    def send(self, frames: Iterable[Frame]) -> None:
        """Write these events."""
        for frame in frames:
            self.outlet.write(frame.message(*self.group) if self.shared else frame.once(*self.group))


@dataclass
class Snapshot:
    """A whole state of one view, as of an event."""

    seq: int
    message: Message


@dataclass
class Room:
    """One followed stream: deliveries stand at `last`; `recent` ends there without a gap."""

    epoch: str
    last: int
    shared: bool = True
    flowing: dict[Group, dict[Outlet, None]] = field(default_factory=dict)
    holding: set[Subscription] = field(default_factory=set)
    snapshots: dict[Group, Snapshot] = field(default_factory=dict)
    reading: asyncio.Lock = field(default_factory=asyncio.Lock)
    kept: dict[str, Told] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._lanes = Lanes(self._write)
        self._kept = FRAMES_KEPT if self.shared else OWN_FRAMES_KEPT
        self.recent: deque[Frame] = deque(maxlen=self._kept)

    def deliver(self, frames: list[Frame]) -> None:
        """Let new events flow: at once, counters soon; for who is held they wait one by one."""
        self.last = frames[-1].seq
        self.recent.extend(frames)
        for subscription in self.holding:
            if subscription.held is not None:
                subscription.held.extend(frames)
        self._lanes.carry(frames)

    def _write(self, frames: Sequence[Frame]) -> None:
        """Write to everybody: encoded once per group, the same message object for all."""
        for (view, label), outlets in tuple(self.flowing.items()):  # a write may end a socket that does not read
            several = len(outlets) > 1
            messages = [frame.message(view, label) if several else frame.once(view, label) for frame in frames]
            for outlet in tuple(outlets):
                for message in messages:
                    outlet.write(message)

    def tell(self, view: str, label: str, message: Message) -> None:
        """Write one message to those who follow with this view."""
        for outlet in tuple(self.flowing.get((view, label), ())):
            outlet.write(message)

    def keep(self, told: Told) -> None:
        """Keep the newest passing frame of its key for who comes later."""
        if told.keep:
            self.kept.pop(told.keep, None)
            self.kept[told.keep] = told
            if len(self.kept) > KEYS_KEPT:
                del self.kept[next(iter(self.kept))]

    def show_kept(self, subscription: Subscription) -> None:
        """Send the kept frames to one who has just come."""
        for told in self.kept.values():
            if told.views is None or subscription.view in told.views:
                subscription.outlet.write(Message(ephemeral(told.frame, subscription.label)))

    def release(self, subscription: Subscription) -> None:
        """Send what was held, and let the rest flow."""
        if subscription not in self.holding:
            return
        self.holding.discard(subscription)
        if subscription.outlet.lost:
            return
        held, subscription.held = subscription.held or [], None
        subscription.send(held)
        self.flowing.setdefault(subscription.group, {})[subscription.outlet] = None

    def hold(self, subscription: Subscription) -> None:
        """Let what comes wait, behind the counters that wait already."""
        self._stop(subscription)
        if subscription.held is None:
            subscription.held = [*self._lanes.waiting]
        self.holding.add(subscription)

    def drop(self, subscription: Subscription) -> None:
        """Send this socket nothing more of the stream."""
        self.holding.discard(subscription)
        self._stop(subscription)

    def _stop(self, subscription: Subscription) -> None:
        outlets = self.flowing.get(subscription.group, {})
        outlets.pop(subscription.outlet, None)
        if not outlets:
            self.flowing.pop(subscription.group, None)

    def since(self, seq: int) -> list[Frame] | None:
        """Return the kept events after a number; None when they reach less far back."""
        if seq == self.last:
            return []
        if not self.recent or not self.recent[0].seq <= seq + 1 <= self.last:
            return None
        return [frame for frame in self.recent if frame.seq > seq]

    def remember(self, older: list[Frame]) -> None:
        """Keep older events that were read again, as far as there is room."""
        first = self.recent[0].seq if self.recent else self.last + 1
        if older and older[-1].seq == first - 1:
            space = self._kept - len(self.recent)
            self.recent.extendleft(reversed(older[-space:] if space else []))

    def outlets(self) -> list[Outlet]:
        """Return every socket that follows."""
        flowing = [outlet for outlets in self.flowing.values() for outlet in outlets]
        return [*flowing, *(subscription.outlet for subscription in self.holding)]

    @property
    def empty(self) -> bool:
        """Does nobody follow any more?"""
        return not self.flowing and not self.holding
