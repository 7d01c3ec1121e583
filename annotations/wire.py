"""Notes between rows and the wire."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from annotations.merging import shown
from annotations.models import Annotation, Reply
from people.models import User

Wire = dict[str, Any]


def author(user: User, at: datetime) -> dict[str, str]:
    """Return who does something and when, as merging takes it."""
    return {"owner": str(user.public_id), "name": user.full_name, "at": moment(at)}


def moment(at: datetime) -> str:
    """Return a time as it goes over the wire."""
    return at.isoformat()


def note_of(row: Annotation, replies: Iterable[Reply]) -> Wire:
    """Return a row as merging knows it; version and owner are fetched along."""
    return {
        "version": str(row.version.public_id),
        "number": row.version.number,
        "page": row.page,
        "kind": row.kind,
        "shape": row.shape,
        "quote": row.quote,
        "style": row.style,
        "body": row.body,
        **author(row.user, row.created_at),
        "changed_at": moment(row.changed_at),
        "stamps": row.stamps,
        "to": row.to,
        "erased": row.erased_at is not None,
        "order": row.order,
        "origin": str(row.origin.public_id) if row.origin else None,
        "replies": {str(reply.public_id): reply_of(reply) for reply in replies},
    }


def reply_of(reply: Reply) -> Wire:
    """Return an answer as merging knows it; its author is fetched along."""
    if reply.erased_at is not None:
        return {"gone": True}
    return {**author(reply.user, reply.created_at), "body": reply.body, "stamp": reply.stamp}


def for_owner(note: Mapping[str, Any]) -> Wire | None:
    """Return the note as its owner has it: erased ones say so, to be taken back."""
    return shown(note)


def for_others(note: Mapping[str, Any]) -> Wire | None:
    """Return the note as those see it whom it is shared with; an erased one is not there."""
    return None if note.get("erased") else shown(note)
