"""Notes in the open API: one's own and those shared with one, by the same doors as the pages."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema

from annotations.taking import take
from annotations.views.notes import seen
from people.requests import person

router = Router(tags=["documents"])


class NotesOut(Schema):
    """Notes by id, as docs/protocol.md describes them, and the circles one can share with."""

    user: UUID
    circles: list[dict[str, str]]
    notes: dict[str, dict[str, Any]]


class OperationsIn(Schema):
    """Operations, each with an id of its own: sent again, they are done once."""

    operations: list[Any]


class AnswersOut(Schema):
    """An answer for each operation: ok, or a code and its sentence."""

    answers: list[dict[str, Any]]


@router.get("/documents/{public_id}/annotations", response=NotesOut, summary="Your notes, and those shared with you")
def get_notes(request: HttpRequest, public_id: UUID) -> Any:
    """Show what the person sees."""
    return seen(person(request), public_id)


@router.post("/documents/{public_id}/annotations", response=AnswersOut, summary="Note, share, reply")
def post_operations(request: HttpRequest, public_id: UUID, data: OperationsIn) -> Any:
    """Do operations."""
    return {"answers": take(person(request), public_id, data.operations, timezone.now())}
