"""Drafting minutes and notice: words and typesetting first, outside any transaction, then over to the actions."""

from datetime import UTC, datetime

from django.utils import translation
from django.utils.translation import gettext as _

from documents.intake_gate import keep
from documents.models import Document, OutgoingDocument
from documents.typeset.typeset import render
from ledger.verdict import Refused, first_no
from meetings.actions import minutes as acts
from meetings.actions import outcome
from meetings.minutes.facts import drafted
from meetings.minutes.notice import notice_content
from meetings.minutes.printed import minutes_data
from meetings.models import Meeting, Minutes
from meetings.queries.room import roll_of
from meetings.rules.meeting import may
from meetings.rules.outcome import are_open, may_approve
from people.models import Agency, Post, User
from people.queries import directory, posts_of_agency

DOCUMENT_LANGUAGE = "vi"
LONGEST_NAME = 120


def draft_minutes(meeting: Meeting, *, by: User, at: datetime) -> Minutes:
    """Draft the minutes from rows and ledger; drafting them again loses nothing that was written by hand."""
    first_no(may(by, meeting, "draft_minutes"), are_open(meeting)).require()
    with translation.override(DOCUMENT_LANGUAGE):
        fresh = drafted(meeting)
    return acts.draft(meeting, fresh=fresh, by=by, at=at)


def typeset(minutes: Minutes, *, at: datetime, draft: bool) -> bytes:
    """Return the minutes as PDF/A; a draft says on every page that it is one."""
    with translation.override(DOCUMENT_LANGUAGE):
        data = minutes_data(minutes.meeting, minutes.body, at=at, draft=draft)
        return render("minutes", data, at=at.astimezone(UTC)).pdf


def approve_minutes(minutes: Minutes, *, revision: int, by: User, at: datetime) -> Document:
    """Typeset the minutes as the chair read them, and lock them as a document."""
    may_approve(by, minutes).require()
    pdf = typeset(minutes, at=at, draft=False)
    title = title_of(minutes.meeting)
    received = keep(pdf, file_name=f"{title[:LONGEST_NAME].replace('/', '-')}.pdf")
    kept = acts.approve(minutes, received, title=title, revision=revision, by=by, at=at)
    if kept.minutes is None:
        raise Refused("minutes_missing")
    return kept.minutes


def title_of(meeting: Meeting) -> str:
    """Return the title of the minutes as a document."""
    with translation.override(DOCUMENT_LANGUAGE):
        return _("Minutes of the meeting: %(title)s") % {"title": meeting.title}


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
