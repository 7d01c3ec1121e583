"""The conclusion notice as an outgoing document, and the conclusions told to those who took part."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from documents.actions import outgoing
from documents.models import OutgoingDocument
from ledger.door import action
from ledger.verdict import YES, first_no, no
from meetings.models import Meeting, Outcome
from meetings.patches import announce_same
from meetings.records import locked, note
from meetings.rules.meeting import may
from meetings.rules.outcome import has_conclusions
from notices.actions.telling import tell
from people.models import Agency, Post, User

NOTICE = "TB"
PUBLISHED = "meetings.conclusions_published"


@action
def draft_notice(
    meeting: Meeting,
    *,
    subject: str,
    content: Mapping[str, Any],
    signer_post: Post,
    recipients: Iterable[Agency],
    by: User,
    at: datetime,
) -> OutgoingDocument:
    """Draft the conclusion notice (thông báo kết luận) as an outgoing document, once."""
    meeting = locked(meeting)
    outcome, _ = Outcome.objects.get_or_create(meeting=meeting)
    first_no(
        may(by, meeting, "draft_notice"),
        no("notice_drafted") if outcome.notice_id else YES,
        has_conclusions(meeting),
    ).require()
    outcome.notice = outgoing.draft(
        agency=meeting.agency,
        type_code=NOTICE,
        subject=subject,
        content=content,
        signer_post=signer_post,
        recipients=recipients,
        source_key=f"meeting:{meeting.public_id}",
        by=by,
        at=at,
    )
    outcome.save(update_fields=["notice"])
    note(meeting, "draft_notice", by=by, at=at, data={"outgoing": str(outcome.notice.public_id)})
    announce_same(meeting, "meeting.notice", {}, by=by, at=at)
    return outcome.notice


@action
def publish_conclusions(meeting: Meeting, *, by: User, at: datetime) -> None:
    """Tell everybody who takes part that the conclusions stand; asked again, it tells of what was changed since."""
    meeting = locked(meeting)
    first_no(may(by, meeting, "publish_conclusions"), has_conclusions(meeting)).require()
    places = meeting.participants.filter(removed_at__isnull=True).select_related("user")
    users = [place.user for place in places if place.user_id != by.pk]
    url = f"/meetings/{meeting.public_id}/conclusions/"
    values = {"title": meeting.title}
    tell(users, PUBLISHED, values, url=url, agency_id=meeting.agency_id, at=at, about=meeting.stream)
    note(meeting, "publish_conclusions", by=by, at=at, data={"told": len(users)})
    announce_same(meeting, "conclusions.published", {}, by=by, at=at)
