"""One socket's side of the hub: following streams, resuming, answering commands, losing rights.

A consumer makes one `Follower` after it has accepted, calls `follow` for the room and for the person, passes what comes
in to `answer`, and calls `leave` in the end.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from live import frames
from live.answering import Do, answered
from live.control import concerns
from live.ephemeral import Allowance
from live.frames import Frame, Message
from live.hub import Hub, current_hub
from live.outlet import CLOSING_SECONDS, Send, outlet
from live.room import Room, Snapshot, Subscription
from live.wire import wire_of

logger = logging.getLogger(__name__)
RIGHT_LOST = 4403
SERVICE_RESTART = 1012
PRIVATE_CODES = 4000
PATIENCE = 0.7
REPLAYED_AT_MOST = 64

SnapshotOf = Callable[[str], Awaitable[Mapping[str, Any]]]
Allowed = Callable[[str], Awaitable[str | None]]
EpochOf = Callable[[str, int], str]


@dataclass(frozen=True)
class Since:
    """Where a returning page stands; without an epoch it takes the present one for its own."""

    seq: int
    epoch: str = ""


@dataclass(frozen=True)
class Followed:
    """One stream of this socket and how its snapshot is made."""

    subscription: Subscription
    snapshot: SnapshotOf
    floor: int
    alone: bool = False
    heeds: tuple[str, ...] = ()
    epoch: EpochOf | None = None


class Follower:
    """Joins one accepted socket to the hub of its event loop."""

    def __init__(
        self,
        send: Send,
        *,
        user_id: int,
        allowed: Allowed,
        language: str = "vi",
        scope: Mapping[str, Any] | None = None,
    ) -> None:
        """`allowed(stream)` answers with the person's view of the stream now, or None when the right is gone."""
        self._hub: Hub = current_hub()
        self._send, self._allowed, self._language = send, allowed, language
        self._outlet = outlet(send, wire_of(scope), self._lost)
        self._followed: dict[str, Followed] = {}
        self._order = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()
        self._allowance = Allowance()
        self.user_id = user_id
        self._hub.followers[user_id][self] = None

    # --- following

    async def follow(
        self,
        stream: str,
        *,
        view: str,
        snapshot: SnapshotOf,
        since: Since | None = None,
        label: str = "",
        shared: bool = True,
        floor: int = 0,
        alone: bool = False,
        heeds: tuple[str, ...] = (),
        epoch: EpochOf | None = None,
    ) -> None:
        """Send hello, then what was missed since `since` or a whole snapshot, then every event as it comes.

        `snapshot(view)` is read after holding began, so it may already show held events: applying a merge patch again
        changes nothing. A `shared` one is the same for everybody of a view and serves all who come about now. Below
        `floor` the person had no right to the events, or to this view of them: who stands there needs a snapshot.

        A stream that stands `alone` ends without the others when the right to it is lost, with a frame that says
        `gone`; rights to it are looked at again when those of the streams it `heeds` have changed too. `epoch` gives
        the name hello calls the epoch by, from it and where the stream stands.
        """
        if self._outlet.lost:
            return
        subscription = Subscription(stream, self._outlet, view, label, shared)
        followed = Followed(subscription, snapshot, floor, alone, heeds, epoch)
        self._followed[stream] = followed
        try:
            async with self._order:
                await self._begin(followed, since)
        except Exception:
            logger.exception("a stream cannot be followed now, the socket comes back")
            self.close(SERVICE_RESTART)
        finally:
            self._leave_if_lost(followed)

    def _leave_if_lost(self, followed: Followed) -> None:
        """The socket may have gone while its stream was being opened."""
        if self._outlet.lost:
            self._hub.leave(followed.subscription)

    async def _begin(self, followed: Followed, since: Since | None) -> None:
        """Greet, bring up to date, let flow."""
        subscription = followed.subscription
        room = await self._hub.join(subscription)
        start = room.last
        epoch = followed.epoch(room.epoch, start) if followed.epoch else room.epoch
        self._outlet.write(Message(frames.hello(epoch, start, subscription.label)))
        missed = await self._missed(room, followed, since, start)
        if missed is None:
            await self._fresh(room, followed)
        else:
            subscription.send(missed)
        room.release(subscription)
        room.show_kept(subscription)

    async def _missed(self, room: Room, followed: Followed, since: Since | None, upto: int) -> list[Frame] | None:
        """Return what a returning page missed; None when it needs a snapshot."""
        if since is None or not followed.floor <= since.seq <= upto or since.epoch not in {"", room.epoch}:
            return None
        return await self._hub.missed(room, followed.subscription.stream, since.seq, upto)

    async def _fresh(self, room: Room, followed: Followed) -> None:
        """Send a snapshot and what came after it; what is held goes on from there."""
        subscription = followed.subscription
        made = await self._snapshot(room, followed)
        self._outlet.write(made.message)
        subscription.held = []
        subscription.send(room.since(made.seq) or ())

    async def _snapshot(self, room: Room, followed: Followed) -> Snapshot:
        """Return a snapshot from which the kept events lead up to now."""
        if not followed.subscription.shared:
            return await taken(room, followed)
        group = followed.subscription.group
        async with room.reading:
            kept = room.snapshots.get(group)
            later = room.since(kept.seq) if kept else None
            if kept is None or later is None or len(later) > REPLAYED_AT_MOST:
                kept = room.snapshots[group] = await taken(room, followed)
        return kept

    async def refresh(self, stream: str) -> None:
        """Send a whole snapshot of a followed stream again, because the page asks for one."""
        followed = self._followed.get(stream)
        async with self._order:
            room = self._hub.hold(followed.subscription) if followed else None
            if followed and room:
                await self._fresh(room, followed)
                room.release(followed.subscription)

    def follows(self, stream: str) -> bool:
        """Is the stream followed?"""
        return stream in self._followed

    def unfollow(self, stream: str, *, gone: bool = False) -> None:
        """Follow one stream no more; with `gone` the page is told that the right to it is lost."""
        followed = self._followed.pop(stream, None)
        if followed is not None:
            self._hub.leave(followed.subscription)
            if gone:
                self.say(frames.ephemeral({"gone": True}, followed.subscription.label))

    def leave(self) -> None:
        """Follow nothing more; called when the socket is closed, by whomever."""
        self._outlet.stop()
        for followed in self._followed.values():
            self._hub.leave(followed.subscription)
        self._followed.clear()
        self._hub.forget(self)

    # --- closing and rights

    @property
    def over(self) -> bool:
        """Is nothing followed any more, though the transport may still be about to close?"""
        return self._outlet.lost

    def close(self, code: int = SERVICE_RESTART) -> None:
        """Close the socket; with 1012 the page comes back by itself."""
        self._outlet.close(code)

    def _lost(self, code: int) -> None:
        self.leave()
        self._spawn(self._close(code))

    async def _close(self, code: int) -> None:
        """Send the closing frame; cut the connection of a reader who does not take even that."""
        for number in (code, PRIVATE_CODES + code % 1000):  # a bare Daphne refuses to send 1012 and 1013
            with suppress(Exception):
                await asyncio.wait_for(self._send({"type": "websocket.close", "code": number}), CLOSING_SECONDS)
                break
        await asyncio.sleep(CLOSING_SECONDS)
        self._outlet.cut()

    def say(self, text: str) -> None:
        """Write one frame to this socket alone."""
        self._outlet.write(Message(text))

    def rights_changed(self, stream: str | None, *, own: bool = False) -> None:
        """Hold everything of these streams until the person's rights have been looked at again.

        What changed of their `own` rights, wherever, may have opened or closed what stands alone.
        """
        touched = [
            followed
            for key, followed in self._followed.items()
            if (own and followed.alone) or any(concerns(stream, heeded) for heeded in (key, *followed.heeds))
        ]
        for followed in touched:
            self._hub.hold(followed.subscription)
        if touched:
            self._spawn(self._look_again(touched))

    async def _look_again(self, touched: list[Followed]) -> None:
        for followed in touched:
            try:
                async with asyncio.timeout(PATIENCE), self._order:
                    view = await self._allowed(followed.subscription.stream)
                    if view is not None:
                        await self._go_on(followed, view)
                    elif followed.alone:
                        self.unfollow(followed.subscription.stream, gone=True)
                    else:
                        return self.close(RIGHT_LOST)
            except Exception as error:
                logger.warning("rights could not be looked at, the socket comes back: %r", error)
                return self.close(SERVICE_RESTART)
        return None

    async def _go_on(self, followed: Followed, view: str) -> None:
        """Let the stream flow again, from a fresh snapshot if the view is another one now."""
        subscription = followed.subscription
        room = self._hub.hold(subscription)
        if room is None:
            return
        if subscription.view != view:
            subscription.view = view
            await self._fresh(room, followed)
        room.release(subscription)

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    # --- commands

    async def answer(self, text: str, do: Do, stream: str = "") -> None:
        """Have a command done and write its answer: ack with the number `stream` reached, or nack."""
        answered = await self.answered(text, do, stream)
        if answered is not None:
            self._outlet.write(Message(answered))

    async def answered(self, text: str, do: Do, stream: str = "") -> str | None:
        """Have a command done and return its answer; a passing frame gets none, nor is it done beyond the allowance."""
        return await answered(
            text,
            do,
            end=lambda: self._hub.last(stream),
            stream=stream,
            language=self._language,
            may_pass=self._may_pass,
        )

    def _may_pass(self) -> bool:
        return self._allowance.spend(asyncio.get_running_loop().time())


async def taken(room: Room, followed: Followed) -> Snapshot:
    """Read a snapshot; it counts as of the event delivered when the reading began."""
    seq, subscription = room.last, followed.subscription
    data = await followed.snapshot(subscription.view)
    return Snapshot(seq, Message(frames.snapshot(seq, data, subscription.label)))
