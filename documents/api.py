"""Documents in the open API: upload, list, read, fetch; outgoing and incoming documents."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from asgiref.sync import async_to_sync
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Field, File, Form, Query, Router, Schema, Status
from ninja.files import UploadedFile

from documents import rules
from documents.actions.intake import take_in
from documents.copies import readers_copy
from documents.intake_gate import receive
from documents.models import Document, IncomingDocument, OutgoingDocument, Version
from documents.openings import log_reading
from documents.protection import is_marked
from documents.queries import (
    get_visible_document,
    get_visible_incoming,
    get_visible_outgoing,
    get_visible_version,
    visible_documents,
    visible_incoming,
    visible_outgoing,
)
from documents.reasons.files import sentences_of
from documents.serving import serve_blob
from ledger.verdict import Refused
from people.queries import acting_post
from people.requests import person

router = Router(tags=["documents"])


class Page(Schema):
    """Which part of a list."""

    limit: int = Field(50, ge=1, le=200)
    offset: int = Field(0, ge=0, le=1_000_000)


class DocumentOut(Schema):
    """A document somebody may read."""

    id: UUID
    title: str
    agency: str
    created_at: datetime


class VersionOut(Schema):
    """One version; `sha256` is of the file as it came, `shown_sha256` of the PDF that is shown."""

    number: int
    file_name: str
    pages: int
    size: int
    sha256: str
    shown_sha256: str
    preparation: str
    notes: list[str]
    created_at: datetime


class DocumentDetail(DocumentOut):
    """A document with its versions, oldest first."""

    versions: list[VersionOut]


class OutgoingOut(Schema):
    """An outgoing document; `symbol` and `issued_on` are empty until the number is given."""

    id: UUID
    document: UUID
    type: str
    subject: str
    symbol: str
    issued_on: date | None
    state: str
    agency: str
    signer: str


class IncomingOut(Schema):
    """An arrival; `number` is the number of arrival."""

    id: UUID
    document: UUID
    author: str
    symbol: str
    subject: str
    issued_on: date
    state: str
    number: int | None
    arrived_at: datetime
    received_at: datetime | None


@router.get("/documents", response=list[DocumentOut], summary="Documents you may read, newest first")
def list_documents(request: HttpRequest, page: Query[Page]) -> Any:
    """List documents."""
    rows = visible_documents(person(request)).order_by("-created_at", "-pk")
    return [document_out(row) for row in part(rows, page)]


@router.post("/documents", response={201: DocumentDetail}, summary="Upload a file to the agency you act for")
def upload(request: HttpRequest, file: File[UploadedFile], title: Form[str] = "") -> Any:
    """Take one file in; whatever is wrong with it is answered with a code and a sentence."""
    user = person(request)
    post = acting_post(user)
    if post is None:
        raise Refused("not_yours")
    rules.may_take_in(user, post.agency_id).require()
    received = receive(file)
    title = title or received.file_name.rpartition(".")[0]
    document = take_in(received, agency_id=post.agency_id, title=title, by=user, at=timezone.now())
    return Status(201, document_detail(document))


@router.get("/documents/{public_id}", response=DocumentDetail, summary="One document with its versions")
def get_document(request: HttpRequest, public_id: UUID) -> Any:
    """Show one document."""
    return document_detail(get_visible_document(person(request), public_id))


@router.get("/documents/{public_id}/versions/{number}/file", summary="The PDF that is shown; byte ranges are served")
def get_file(request: HttpRequest, public_id: UUID, number: int, original: bool = False) -> HttpResponse:
    """Send the bytes, or with `original=true` the file as it came; of a watermarked one a copy naming its reader."""
    reader, at = person(request), timezone.now()
    version = get_visible_version(reader, public_id, number)
    rules.may_take_bytes(version.document).require()
    if is_marked(version.document):
        log_reading(version, reader, at)
        return readers_copy(version, reader, at)
    blob = version.original if original else version.rendition
    if blob.purged_at is not None:
        raise Refused("purged")
    serve = async_to_sync(serve_blob)
    return serve(  # type: ignore[return-value]
        request,
        sha256=blob.sha256,
        size=blob.size,
        media_type=blob.media_type,
        file_name=version.file_name,
        download=original,
    )


@router.get("/outgoing", response=list[OutgoingOut], summary="Outgoing documents you may see, newest first")
def list_outgoing(request: HttpRequest, page: Query[Page]) -> Any:
    """List outgoing documents."""
    rows = visible_outgoing(person(request)).order_by("-created_at", "-pk")
    return [outgoing_out(row) for row in part(rows, page)]


@router.get("/outgoing/{public_id}", response=OutgoingOut, summary="One outgoing document")
def get_outgoing(request: HttpRequest, public_id: UUID) -> Any:
    """Show one outgoing document."""
    return outgoing_out(get_visible_outgoing(person(request), public_id))


@router.get("/incoming", response=list[IncomingOut], summary="Incoming documents you may see, newest first")
def list_incoming(request: HttpRequest, page: Query[Page]) -> Any:
    """List incoming documents."""
    rows = visible_incoming(person(request)).order_by("-arrived_at", "-pk")
    return [incoming_out(row) for row in part(rows, page)]


@router.get("/incoming/{public_id}", response=IncomingOut, summary="One incoming document")
def get_incoming(request: HttpRequest, public_id: UUID) -> Any:
    """Show one incoming document."""
    return incoming_out(get_visible_incoming(person(request), public_id))


def part(rows: "QuerySet[Any]", page: Page) -> "QuerySet[Any]":
    """Return the part of the list that was asked for."""
    return rows[page.offset : page.offset + page.limit]


def document_out(row: Document) -> dict[str, Any]:
    """Return what the API says of a document."""
    return {"id": row.public_id, "title": row.title, "agency": row.agency.name, "created_at": row.created_at}


def document_detail(row: Document) -> dict[str, Any]:
    """Return what the API says of a document and its versions."""
    versions = row.versions.select_related("original", "rendition").order_by("number")
    return {**document_out(row), "versions": [version_out(version) for version in versions]}


def version_out(version: Version) -> dict[str, Any]:
    """Return what the API says of a version."""
    return {
        "number": version.number,
        "file_name": version.file_name,
        "pages": version.pages,
        "size": version.original.size,
        "sha256": version.original.sha256,
        "shown_sha256": version.rendition.sha256,
        "preparation": version.preparation,
        "notes": sentences_of(version.notes),
        "created_at": version.created_at,
    }


def outgoing_out(row: OutgoingDocument) -> dict[str, Any]:
    """Return what the API says of an outgoing document."""
    return {
        "id": row.public_id,
        "document": row.document.public_id,
        "type": row.type.code,
        "subject": row.subject,
        "symbol": row.symbol,
        "issued_on": row.issued_on,
        "state": row.state,
        "agency": row.agency.name,
        "signer": row.signer_post.user.full_name,
    }


def incoming_out(row: IncomingDocument) -> dict[str, Any]:
    """Return what the API says of an arrival."""
    return {
        "id": row.public_id,
        "document": row.document.public_id,
        "author": row.author,
        "symbol": row.symbol,
        "subject": row.subject,
        "issued_on": row.issued_on,
        "state": row.state,
        "number": row.number.number if row.number else None,
        "arrived_at": row.arrived_at,
        "received_at": row.received_at,
    }
