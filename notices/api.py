"""Notices in the open API: one's own, and marking them as read."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import AfterValidator

from ledger.door import writing
from notices import kinds
from notices.actions import reading
from notices.models import Notice
from notices.queries import get_visible_notice, shown
from notices.rules import FIRST_YEAR, LAST_YEAR, is_countable
from people.api import person

router = Router(tags=["notices"])
PAGE = 100


def countable(moment: datetime) -> datetime:
    """Let a moment of our times through; any other does not fit the schema."""
    if not is_countable(moment):
        raise ValueError(f"a moment between {FIRST_YEAR} and {LAST_YEAR}")
    return moment


Moment = Annotated[datetime, AfterValidator(countable)]


class NoticeOut(Schema):
    """One notice as a sentence."""

    id: UUID
    kind: str
    text: str
    url: str
    urgent: bool
    at: datetime
    read_at: datetime | None


@router.get("/notices", response=list[NoticeOut], summary="What I was told, the newest first")
def get_notices(request: HttpRequest, unread: bool = False, before: Moment | None = None) -> list[dict[str, object]]:
    """At most a hundred; `before` (the `at` of the last one) leads to older ones."""
    rows = shown(person(request), unread=unread)
    if before is not None:
        rows = rows.filter(created_at__lt=before if timezone.is_aware(before) else timezone.make_aware(before))
    return [notice_data(notice) for notice in rows[:PAGE]]


@router.post("/notices/{uuid:public_id}/read", response={204: None}, summary="Mark a notice as read")
def post_read(request: HttpRequest, public_id: UUID) -> Status[None]:
    """Reading it again changes nothing."""
    notice = get_visible_notice(person(request), public_id)
    with writing():
        reading.mark_read(notice, at=timezone.now())
    return Status(204, None)


def notice_data(notice: Notice) -> dict[str, object]:
    """Return a notice as the API shows it."""
    return {
        "id": notice.public_id,
        "kind": notice.kind,
        "text": kinds.sentence(notice.kind, notice.values),
        "url": notice.url,
        "urgent": kinds.is_urgent(notice.kind),
        "at": notice.created_at,
        "read_at": notice.read_at,
    }
