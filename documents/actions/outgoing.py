"""Drafting and review of outgoing documents: draft, edit, submit, withdraw, give back, approve, cancel."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from documents import rules
from documents.audiences import home_keys, own_key
from documents.books import registered_title
from documents.content import ContentError, checked, tidy, words_of
from documents.findable import keep_findable, make_findable
from documents.ingest.secrecy import find_mark
from documents.models import Delivery, Document, DocumentAudience, DocumentType, OutgoingDocument, Version
from documents.moving import move_outgoing
from documents.queries import types_in_force
from documents.received import Received
from documents.versions import new_version
from ledger.days import legal_day
from ledger.door import action
from ledger.record import record
from ledger.verdict import Refused
from people.locks import locked
from people.models import Agency, Post, User

MAX_SUBJECT = 400


@action
def draft(
    *,
    agency: Agency,
    type_code: str,
    subject: str,
    content: Mapping[str, Any],
    signer_post: Post,
    recipients: Iterable[Agency] = (),
    source_key: str = "",
    by: User,
    at: datetime,
) -> OutgoingDocument:
    """Begin an outgoing document; `source_key` names what it was drafted from, such as a meeting."""
    rules.may_draft(by, agency).require()
    rules.may_sign_for(signer_post, agency, legal_day(at)).require()
    kind, subject, content = _type_in_force(type_code, agency.pk), _checked_subject(subject), _checked_content(content)
    document = Document.objects.create(
        agency=agency, title=registered_title(kind, subject), created_by=by, created_at=at
    )
    outgoing = OutgoingDocument.objects.create(
        document=document,
        agency=agency,
        type=kind,
        subject=subject,
        content=content,
        signer_post=signer_post,
        source_key=source_key,
        created_by=by,
        created_at=at,
    )
    _set_home(outgoing)
    make_findable(document)
    to = _set_recipients(outgoing, recipients)
    data = {"type": kind.code, "subject": subject, "to": to, "source": source_key}
    record(outgoing, "draft", by=by, at=at, agency_id=agency.pk, data=data, moved=("", outgoing.state))
    return outgoing


@action
def edit(
    outgoing: OutgoingDocument,
    *,
    revision: int,
    type_code: str,
    subject: str,
    content: Mapping[str, Any],
    signer_post: Post,
    recipients: Iterable[Agency],
    by: User,
    at: datetime,
) -> OutgoingDocument:
    """Change the draft that was at `revision`; whoever saves second is told."""
    outgoing = locked(outgoing)
    rules.may(by, outgoing, "edit").require()
    _same_revision(outgoing, revision)
    rules.may_sign_for(signer_post, outgoing.agency, legal_day(at)).require()
    former_signer = own_key(outgoing.agency_id, outgoing.signer_post.user_id)
    outgoing.type, outgoing.subject = _type_in_force(type_code, outgoing.agency_id), _checked_subject(subject)
    outgoing.content, outgoing.signer_post = _checked_content(content), signer_post
    outgoing.revision += 1
    outgoing.document.title = registered_title(outgoing.type, outgoing.subject)
    outgoing.document.save(update_fields=["title"])
    outgoing.document.audiences.filter(key=former_signer).delete()
    _set_home(outgoing)
    keep_findable(outgoing.document)
    to = _set_recipients(outgoing, recipients)
    data = {"type": type_code, "subject": outgoing.subject, "to": to, "revision": outgoing.revision}
    changed = ("type", "subject", "content", "signer_post", "revision")
    move_outgoing(outgoing, "edit", by=by, at=at, changed=changed, data=data)
    return outgoing


@action
def submit(
    outgoing: OutgoingDocument,
    received: Received,
    *,
    revision: int,
    boxes: Mapping[str, Any],
    by: User,
    at: datetime,
) -> Version:
    """Send the draft at `revision`, typeset as `received`, to its signer; see `documents.papers.submit_draft`."""
    outgoing = locked(outgoing)
    rules.may(by, outgoing, "submit").require()
    _same_revision(outgoing, revision)
    version = new_version(outgoing.document, received, by=by, at=at)
    outgoing.version, outgoing.boxes, outgoing.return_reason = version, dict(boxes), ""
    outgoing.revision += 1
    data = {"version": version.number, "sha256": version.rendition.sha256}
    changed = ("version", "boxes", "return_reason", "revision")
    move_outgoing(outgoing, "submit", by=by, at=at, changed=changed, data=data)
    return version


@action
def withdraw(outgoing: OutgoingDocument, *, by: User, at: datetime) -> None:
    """Take a submitted document back to go on drafting."""
    outgoing = locked(outgoing)
    rules.may(by, outgoing, "withdraw").require()
    move_outgoing(outgoing, "withdraw", by=by, at=at)


@action
def give_back(outgoing: OutgoingDocument, *, reason: str, by: User, at: datetime) -> None:
    """Return the document to its drafter with a reason that says what to correct."""
    outgoing = locked(outgoing)
    rules.may(by, outgoing, "give_back").require()
    rules.explained(reason).require()
    outgoing.return_reason = tidy(reason)[:500]
    data = {"reason": outgoing.return_reason}
    move_outgoing(outgoing, "give_back", by=by, at=at, changed=("return_reason",), data=data)


@action
def approve(outgoing: OutgoingDocument, *, revision: int, by: User, at: datetime) -> None:
    """Approve what was read at `revision`; nothing of the text changes after this."""
    outgoing = locked(outgoing)
    rules.may(by, outgoing, "approve").require()
    _same_revision(outgoing, revision)
    version = outgoing.version
    data = {"version": version.number, "sha256": version.rendition.sha256} if version else {}
    move_outgoing(outgoing, "approve", by=by, at=at, data=data)


@action
def cancel(outgoing: OutgoingDocument, *, reason: str, by: User, at: datetime) -> None:
    """Give up a draft; it stays readable."""
    outgoing = locked(outgoing)
    rules.may(by, outgoing, "cancel").require()
    rules.explained(reason).require()
    move_outgoing(outgoing, "cancel", by=by, at=at, data={"reason": tidy(reason)[:500]})


def _type_in_force(code: str, agency_id: int) -> DocumentType:
    kind = types_in_force(agency_id).filter(code=code).first()
    if kind is None:
        raise Refused("type_unknown")
    return kind


def _checked_subject(subject: str) -> str:
    subject = tidy(subject)
    if not subject or len(subject) > MAX_SUBJECT:
        raise Refused("subject_missing", most=MAX_SUBJECT)
    _refuse_secrets([subject])
    return subject


def _checked_content(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return the content in its known form; state secrets have no place in it (QĐ 28/2018/QĐ-TTg)."""
    try:
        known = checked(content)
    except ContentError as error:
        raise Refused("content_invalid") from error
    _refuse_secrets(words_of(known))
    return known


def _refuse_secrets(lines: Iterable[str]) -> None:
    if mark := find_mark(lines):
        raise Refused("secrecy_mark_in_text", mark=mark.value)


def _same_revision(outgoing: OutgoingDocument, revision: int) -> None:
    if outgoing.revision != revision:
        raise Refused("changed_meanwhile")


def _set_home(outgoing: OutgoingDocument) -> None:
    """Let the agency's clerks and leaders, the drafter and the signer read the document."""
    keys = home_keys(outgoing.agency_id, outgoing.created_by_id, outgoing.signer_post.user_id)
    rows = (DocumentAudience(document=outgoing.document, key=key) for key in keys)
    DocumentAudience.objects.bulk_create(rows, ignore_conflicts=True)


def _set_recipients(outgoing: OutgoingDocument, recipients: Iterable[Agency]) -> list[str]:
    """Plan one delivery per agency; the own agency keeps its copy without one."""
    agencies = {agency.pk: agency for agency in recipients if agency.pk != outgoing.agency_id}
    if any(agency.dissolved_on for agency in agencies.values()):
        raise Refused("recipient_dissolved")
    outgoing.deliveries.exclude(agency__in=agencies).delete()
    rows = (Delivery(outgoing=outgoing, agency=agency) for agency in agencies.values())
    Delivery.objects.bulk_create(rows, ignore_conflicts=True)
    return sorted(agency.code for agency in agencies.values())
