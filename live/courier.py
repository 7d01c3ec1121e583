"""Messages between the processes of one installation, through the channel layer: quick, and nothing depends on them.

One thread with its own event loop sends and receives, so that a dead broker delays neither a commit nor a room.
"""

import asyncio
import logging
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from threading import Lock, Thread
from typing import Any
from uuid import uuid4

from channels.layers import InMemoryChannelLayer, get_channel_layer

logger = logging.getLogger(__name__)
GROUP = "live"
PATIENCE = 1.0
LONGEST_QUEUE = 1000
ORIGIN = uuid4().hex


def _another() -> None:
    """A process made of this one is another one: it hears this one, and this one hears it."""
    global ORIGIN
    ORIGIN = uuid4().hex
    _couriers.clear()


os.register_at_fork(after_in_child=_another)

Heard = Callable[[Mapping[str, Any]], None]


class Courier:
    """The thread: a queue of what is to be sent, and whoever wants to hear what others send."""

    def __init__(self, layer: Any) -> None:
        self._layer = layer
        self._loop = asyncio.new_event_loop()
        self._queue: asyncio.Queue[Mapping[str, Any]] = asyncio.Queue(LONGEST_QUEUE)
        self._heard: list[Heard] = []
        self._listening: asyncio.Future[None] | None = None
        Thread(target=self._run, name="live-courier", daemon=True).start()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.create_task(self._send_all())
        self._loop.run_forever()

    def send(self, message: Mapping[str, Any]) -> None:
        """Send a message to the other processes soon, if the broker is there."""
        self._loop.call_soon_threadsafe(self._put, {**message, "origin": ORIGIN})

    def _put(self, message: Mapping[str, Any]) -> None:
        with suppress(asyncio.QueueFull):
            self._queue.put_nowait(message)

    async def _send_all(self) -> None:
        while True:
            message = await self._queue.get()
            try:
                await asyncio.wait_for(self._layer.group_send(GROUP, message), PATIENCE)
            except Exception as error:
                logger.warning("the channel layer takes no messages: %r", error)

    def hear(self, heard: Heard) -> None:
        """Call `heard` (in the courier's thread) with every message of another process."""
        self._heard.append(heard)
        self._loop.call_soon_threadsafe(self._listen)

    def forget(self, heard: Heard) -> None:
        """Stop calling `heard`."""
        self._heard.remove(heard)

    def _listen(self) -> None:
        if self._listening is None:
            self._listening = self._loop.create_task(self._receive_all())

    async def _receive_all(self) -> None:
        while True:
            try:
                channel = await self._layer.new_channel(GROUP)
                await self._layer.group_add(GROUP, channel)
                while True:
                    self._tell(await self._layer.receive(channel))
            except Exception as error:
                logger.warning("the channel layer cannot be heard; the log is polled: %r", error)
                await asyncio.sleep(PATIENCE)

    def _tell(self, message: Mapping[str, Any]) -> None:
        if message.get("origin") == ORIGIN:
            return
        for heard in list(self._heard):
            heard(message)


_lock = Lock()
_couriers: list[Courier] = []


def courier() -> Courier | None:
    """Return this process's courier; None where one process is the whole installation."""
    layer = get_channel_layer()
    if layer is None or isinstance(layer, InMemoryChannelLayer):
        return None
    with _lock:
        if not _couriers:
            _couriers.append(Courier(layer))
    return _couriers[0]


def send(message: Mapping[str, Any]) -> None:
    """Send a message to the other processes, if there can be any."""
    there = courier()
    if there is not None:
        there.send(message)


def hear(heard: Heard) -> None:
    """Call `heard` with every message of another process, if there can be any."""
    there = courier()
    if there is not None:
        there.hear(heard)


def forget(heard: Heard) -> None:
    """Stop calling `heard`."""
    there = courier()
    if there is not None:
        there.forget(heard)
