"""What a meeting leaves: the minutes as a document, the conclusion notice as an outgoing document."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from documents.actions import outgoing
from documents.actions.intake import add_version, take_in
from documents.models import OutgoingDocument
from documents.received import Received
from documents.rules import may_change_document, may_take_in
from ledger.door import action
from ledger.verdict import YES, first_no, no
from meetings.audiences import record_audiences
from meetings.models import Meeting, Outcome
from meetings.patches import announce_same, meeting_patch
from meetings.records import locked, note
from meetings.rules.meeting import may
from people.models import Agency, Post, User
from people.queries import system_user

NOTICE = "TB"


@action
def keep_minutes(meeting: Meeting, received: Received, *, title: str, by: User, at: datetime) -> Outcome:
    """Keep typeset minutes with the meeting; drafting them again adds a version."""
    meeting = locked(meeting)
    may(by, meeting, "draft_minutes").require()
    outcome, _ = Outcome.objects.select_related("minutes").get_or_create(meeting=meeting)
    if outcome.minutes:
        keeper = by if may_change_document(by, outcome.minutes) else system_user()
        add_version(outcome.minutes, received, by=keeper, at=at)
    else:
        keys = record_audiences(meeting)
        keeper = _intake(by, meeting)
        outcome.minutes = take_in(received, agency_id=meeting.agency_id, title=title, audiences=keys, by=keeper, at=at)
        outcome.save(update_fields=["minutes"])
    note(meeting, "draft_minutes", by=by, at=at, data={"document": str(outcome.minutes.public_id)})
    announce_same(meeting, "meeting.minutes", meeting_patch(meeting), by=by, at=at)
    return outcome


def _intake(by: User, meeting: Meeting) -> User:
    """Return who takes the minutes in: a secretary from another agency acts through the meeting's own right."""
    return by if may_take_in(by, meeting.agency_id) else system_user()


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
        YES if meeting.conclusions.exists() else no("no_conclusions"),
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
