"""Merging operations on notes: twice, late or in any order, the result is the same. Pure.

The browser's half is static/annotations/js/merging.js, on the same fixtures (tests/annotations/fixtures). A note is the
object of the wire; one whose `put` has not come yet is kept without a `kind` and is not shown.
"""

from collections.abc import Callable, Mapping
from typing import Any

Note = Mapping[str, Any]
Operation = Mapping[str, Any]
Stamp = list[Any]

FIXED = ("version", "page", "kind", "shape", "quote")
REGISTERS = ("style", "body", "to")


def applied(note: Note | None, operation: Operation, author: Mapping[str, Any]) -> dict[str, Any]:
    """Return the note after one operation; `author` is `{"owner", "name", "at"}` of who did it and when."""
    made: dict[str, Any] = {**(note or {})}
    made["stamps"] = {**made.get("stamps", {})}
    made["replies"] = {**made.get("replies", {})}
    DOING[operation["do"]](made, operation, author)
    return made


def merged(notes: Mapping[str, Note], operation: Operation, author: Mapping[str, Any]) -> dict[str, Note]:
    """Return all notes after one operation."""
    key = operation["note"]
    return {**notes, key: applied(notes.get(key), operation, author)}


def shown(note: Note) -> dict[str, Any] | None:
    """Return the note as it goes over the wire, without nulls; None while its `put` has not come."""
    if "kind" not in note:
        return None
    plain = {name: value for name, value in note.items() if value is not None and (name, value) != ("erased", False)}
    return {**plain, "replies": {key: one for key, one in note["replies"].items() if not one.get("gone")}}


def difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """Return the JSON Merge Patch that leads from one object without nulls to another."""
    patch: dict[str, Any] = dict.fromkeys(name for name in before if name not in after)
    for name, value in after.items():
        old = before.get(name)
        if isinstance(old, Mapping) and isinstance(value, Mapping):
            if old != value:
                patch[name] = difference(old, value)
        elif name not in before or old != value:
            patch[name] = value
    return patch


def stamp_of(operation: Operation) -> Stamp:
    """Return what orders the operations of a note: the device's counter, then the operation's id."""
    return [operation["stamp"], operation["id"]]


# --- what each operation does


def _set(note: dict[str, Any], name: str, value: Any, stamp: Stamp) -> None:
    """Set a register unless it holds something newer."""
    if name not in note["stamps"] or note["stamps"][name] < stamp:
        note[name], note["stamps"][name] = value, stamp


def _touch(note: dict[str, Any], author: Mapping[str, Any]) -> None:
    note["changed_at"] = max(note.get("changed_at", ""), author["at"])


def _put(note: dict[str, Any], operation: Operation, author: Mapping[str, Any]) -> None:
    stamp = stamp_of(operation)
    if "put" not in note["stamps"] or stamp < note["stamps"]["put"]:
        note.update({name: operation.get(name) for name in FIXED})
        note.update(author)
        note["stamps"]["put"] = stamp
    for name in REGISTERS:
        _set(note, name, operation.get(name), stamp)
    _touch(note, author)


def _register(name: str, value: Callable[[Operation], Any]) -> Callable[[dict[str, Any], Operation, Any], None]:
    """Return what sets one register."""

    def work(note: dict[str, Any], operation: Operation, author: Mapping[str, Any]) -> None:
        _set(note, name, value(operation), stamp_of(operation))
        _touch(note, author)

    return work


def _reply(note: dict[str, Any], operation: Operation, author: Mapping[str, Any]) -> None:
    """Add a reply; what it says never changes, and one that was erased stays so."""
    key, stamp = operation["reply"], stamp_of(operation)
    there = note["replies"].get(key)
    if there is None or (not there.get("gone") and stamp < there["stamp"]):
        note["replies"][key] = {**author, "body": operation["body"], "stamp": stamp}


def _erase_reply(note: dict[str, Any], operation: Operation, author: Mapping[str, Any]) -> None:
    note["replies"][operation["reply"]] = {"gone": True}


DOING: dict[str, Callable[[dict[str, Any], Operation, Any], None]] = {
    "put": _put,
    "erase": _register("erased", lambda _: True),
    "restore": _register("erased", lambda _: False),
    "say": _register("body", lambda operation: operation["body"]),
    "restyle": _register("style", lambda operation: operation["style"]),
    "share": _register("to", lambda operation: operation.get("to")),
    "reply": _reply,
    "erase_reply": _erase_reply,
}
