"""Telling open pages that who may read a document has changed: every process asks again."""

from datetime import datetime

from live.control import rights_changed
from people.models import User


def access_stream(document_id: int) -> str:
    """Return the name under which the right to read a document is heeded; nothing is published there."""
    return f"document:{document_id}"


def readers_changed(document_id: int, *, user: User | None = None, by: User, at: datetime) -> None:
    """Have open pages of this document look again, a person's or all: a step inside an action that closes it."""
    rights_changed(user_id=user.pk if user else None, stream=access_stream(document_id), by=by, at=at)
