"""A small room for tests: people say things, some of them not for guests; the state is read from the ledger."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import models

from ledger.door import action
from ledger.models import AuditEntry
from ledger.record import record
from live.lanes import register_counter
from live.publish import publish
from people.models import User

STREAM = "meeting:1"
COUNTED = "counted"

register_counter(COUNTED)


class Note(models.Model):
    """An object without a table."""

    public_id = models.UUIDField(default=uuid4)

    class Meta:
        app_label = "tests"
        managed = False


@action
def say(*, by: User, at: datetime, text: str, private: bool = False) -> None:
    """Say something to the room; what is private stays hidden from guests."""
    note = Note(public_id=uuid4())
    record(note, "say", by=by, at=at, agency_id=1, chain=STREAM, data={"text": text, "private": private})
    patch = {"notes": {str(note.public_id): text}}
    publish(STREAM, "said", patch, by=by, at=at, hidden_from=["guest"] if private else [], views=boss_view(note, text))
    publish(personal(by.pk), "said", {"mine": {str(note.public_id): text}}, by=by, at=at)


def boss_view(note: Note, text: str) -> dict[str, dict[str, Any]]:
    """The chair also sees how long it is."""
    return {"chair": {"notes": {str(note.public_id): text}, "length": {str(note.public_id): len(text)}}}


@action
def take_back(public_id: UUID, *, by: User, at: datetime) -> None:
    """Take something back: it is gone from every view."""
    record(Note(public_id=public_id), "take_back", by=by, at=at, agency_id=1, chain=STREAM)
    name = str(public_id)
    chair = {"notes": {name: None}, "length": {name: None}}
    publish(STREAM, "taken_back", {"notes": {name: None}}, by=by, at=at, views={"chair": chair})
    publish(personal(by.pk), "taken_back", {"mine": {name: None}}, by=by, at=at)


@action
def count(*, by: User, at: datetime) -> None:
    """Count one more; guests hear of no number."""
    note = Note(public_id=uuid4())
    record(note, "count", by=by, at=at, agency_id=1, chain=STREAM)
    patch = {"counted": counted() + 1, "each": {str(note.public_id): True}}
    publish(STREAM, COUNTED, patch, by=by, at=at, hidden_from=["guest"])


def personal(user_id: int) -> str:
    """Return the personal stream of somebody in the room."""
    return f"{STREAM}:user:{user_id}"


def counted() -> int:
    """Return how often somebody counted, as the ledger has it by now."""
    return AuditEntry.objects.filter(chain__key=STREAM, verb="count").count()


def standing() -> list[AuditEntry]:
    """Return what was said and not taken back."""
    entries = AuditEntry.objects.filter(chain__key=STREAM).order_by("seq")
    gone = {entry.object_id for entry in entries if entry.verb == "take_back"}
    return [entry for entry in entries if entry.verb == "say" and entry.object_id not in gone]


def snapshot(view: str) -> dict[str, Any]:
    """Return the state as a view sees it."""
    seen = [entry for entry in standing() if view != "guest" or not entry.data["private"]]
    state: dict[str, Any] = {"notes": {str(entry.object_id): entry.data["text"] for entry in seen}}
    each = AuditEntry.objects.filter(chain__key=STREAM, verb="count").values_list("object_id", flat=True)
    if view != "guest" and each:
        state |= {"counted": len(each), "each": {str(one): True for one in each}}
    if view == "chair":
        state["length"] = {str(entry.object_id): len(entry.data["text"]) for entry in seen}
    return state


def my_snapshot(user_id: int) -> dict[str, Any]:
    """Return what is a person's own."""
    return {"mine": {str(entry.object_id): entry.data["text"] for entry in standing() if entry.by_id == user_id}}
