"""The frame protocol: what goes over a room's socket, as text. Pure; see docs/protocol.md."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from live.wire import text_frame

FORMAT = 1  # one more whenever old pages could not apply new events: their epoch ends, they get a fresh snapshot
LONGEST_COMMAND = 64 * 1024


class Message:
    """One text to send, encoded once for however many sockets, and only if it goes out on a wire."""

    __slots__ = ("_frame", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._frame = b""

    @property
    def frame(self) -> bytes:
        """Return it as it goes out on a wire."""
        self._frame = self._frame or text_frame(self.text)
        return self._frame

    @property
    def asgi(self) -> dict[str, Any]:
        """Return it as ASGI's `send` takes it."""
        return {"type": "websocket.send", "text": self.text}


def compact(value: Any) -> str:
    """Return `value` as compact JSON text."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def labelled(label: str) -> dict[str, str]:
    """Return what marks a frame of another stream than the room's own."""
    return {"stream": label} if label else {}


def epoch_name(epoch: UUID) -> str:
    """Return how an epoch is called outside: a new event format ends it too."""
    return f"{epoch}.{FORMAT}"


@dataclass(slots=True)
class Frame:
    """One event, encoded once for each (view, label) that somebody follows."""

    seq: int
    kind: str
    at: datetime
    by: UUID | None
    bodies: Mapping[str, str | None]
    first: int | None = None  # the number of the first event where this frame tells of several
    _messages: dict[tuple[str, str], Message] = field(default_factory=dict)

    def body(self, view: str) -> str | None:
        """Return the patch one view gets; None where it only learns that a number passed."""
        return self.bodies[view] if view in self.bodies else self.bodies.get("")

    def message(self, view: str, label: str = "") -> Message:
        """Return the message for one view; the same object for all its sockets."""
        made = self._messages.get((view, label))
        if made is None:
            made = self._messages[view, label] = self.once(view, label)
        return made

    def once(self, view: str, label: str = "") -> Message:
        """Return the message for a single socket of one view; nobody keeps it."""
        return Message(self.text(view, label))

    def text(self, view: str, label: str = "") -> str:
        """Return the frame as one view sees it: its patch, or only that a number passed."""
        body = self.body(view)
        place = {"seq": self.seq, **({} if self.first is None else {"from": self.first})}
        if body is None:
            return compact({**labelled(label), **place, "kind": "skip"})
        by = str(self.by) if self.by else ""
        head = {**labelled(label), **place, "kind": self.kind, "at": self.at.isoformat(), "by": by}
        return f'{compact(head)[:-1]},"data":{body}}}'


def hello(epoch: str, seq: int, label: str = "") -> str:
    """Return the first frame of a stream: which epoch it is in and where it stands."""
    return compact({**labelled(label), "hello": FORMAT, "epoch": epoch, "seq": seq})


def snapshot(seq: int, data: Mapping[str, Any], label: str = "") -> str:
    """Return the whole state, which events after `seq` are applied to."""
    return compact({**labelled(label), "seq": seq, "kind": "snapshot", "data": data})


def ephemeral(frame: Mapping[str, Any], label: str = "") -> str:
    """Return a frame without a number, which nobody gets again."""
    return compact({**labelled(label), **frame})


def ack(request_id: str, seq: int, data: Mapping[str, Any] | None = None) -> str:
    """Return that a command was done; the room shows it from event `seq` on. `data` names what it made."""
    return compact({"ack": request_id, "seq": seq, **({"data": data} if data else {})})


def nack(request_id: str | None, code: str, text: str) -> str:
    """Return that a command was not done, why, and what to do."""
    return compact({"nack": request_id, "code": code, "text": text})


class BadFrame(ValueError):
    """What came in is no command; `request_id` is its id as far as one could be read."""

    def __init__(self, request_id: str | None = None) -> None:
        super().__init__("bad_frame")
        self.request_id = request_id


@dataclass(frozen=True)
class Request:
    """One command of a device; without an id it is ephemeral and gets no answer."""

    id: UUID | None
    do: str
    data: Mapping[str, Any]


def request(text: str) -> Request:
    """Return the command in a frame `{id, do, data}`, or raise `BadFrame`."""
    if len(text) > LONGEST_COMMAND:
        raise BadFrame
    frame = parsed(text)
    given = frame.get("id")
    try:
        client_id = None if given is None else UUID(given)
        text.encode()
        compact(frame).encode()  # lone surrogates hide in escapes
    except (ValueError, AttributeError, TypeError) as error:
        raise BadFrame(given if isinstance(given, str) else None) from error
    verb, data = frame.get("do"), frame.get("data", {})
    if not isinstance(verb, str) or not verb or not isinstance(data, dict) or "\\u0000" in text:
        raise BadFrame(given)
    return Request(client_id, verb, data)


def parsed(text: str) -> dict[str, Any]:
    """Return a JSON object, or raise `BadFrame`."""
    try:
        frame = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadFrame from error
    if not isinstance(frame, dict):
        raise BadFrame
    return frame
