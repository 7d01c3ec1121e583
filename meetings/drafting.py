"""Drafting minutes and notice: typeset first, outside any transaction, then hand over to the actions."""

from datetime import UTC, datetime

from django.utils import translation
from django.utils.translation import gettext as _

from documents.intake_gate import keep
from documents.models import Document, OutgoingDocument
from documents.typeset.typeset import render
from ledger.verdict import Refused
from meetings.actions import outcome
from meetings.minutes import minutes_data, notice_content
from meetings.models import Meeting
from meetings.queries.room import roll_of
from meetings.rules.meeting import may
from people.models import Agency, Post, User
from people.queries import directory, posts_of_agency

DOCUMENT_LANGUAGE = "vi"


def draft_minutes(meeting: Meeting, *, by: User, at: datetime) -> Document:
    """Typeset the minutes from rows and ledger, and keep them with the meeting."""
    may(by, meeting, "draft_minutes").require()
    with translation.override(DOCUMENT_LANGUAGE):
        title = _("Minutes of the meeting: %(title)s") % {"title": meeting.title}
        rendered = render("minutes", minutes_data(meeting, at=at), at=at.astimezone(UTC))
    received = keep(rendered.pdf, file_name=f"{title[:120].replace('/', '-')}.pdf")
    kept = outcome.keep_minutes(meeting, received, title=title, by=by, at=at)
    if kept.minutes is None:
        raise Refused("minutes_missing")
    return kept.minutes


def draft_notice(meeting: Meeting, *, signer_post: Post | None = None, by: User, at: datetime) -> OutgoingDocument:
    """Draft the conclusion notice, to be signed by a leader of the agency and sent to the other agencies present."""
    may(by, meeting, "draft_notice").require()
    signer = signer_post or posts_of_agency(meeting.agency_id, Post.Role.LEADER).first()
    if signer is None:
        raise Refused("signer_missing")
    with translation.override(DOCUMENT_LANGUAGE):
        subject = _("Conclusions of the meeting “%(title)s”") % {"title": meeting.title}
        content = notice_content(meeting)
    recipients = agencies_present(meeting, by)
    return outcome.draft_notice(
        meeting, subject=subject, content=content, signer_post=signer, recipients=recipients, by=by, at=at
    )


def agencies_present(meeting: Meeting, by: User) -> list[Agency]:
    """Return the other agencies whose people took part."""
    people = {place.user_id for place in roll_of(meeting)}
    posts = directory(by).filter(user__in=people).exclude(agency=meeting.agency_id)
    return list({post.agency_id: post.agency for post in posts}.values())
