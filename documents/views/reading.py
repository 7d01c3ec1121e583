"""Reading a document: the page with the viewer, the bytes behind it, the pictures."""

from uuid import UUID

from asgiref.sync import sync_to_async
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST, require_safe

from documents import rules
from documents.actions.intake import take_in
from documents.copies import readers_copy_later
from documents.intake_gate import receive
from documents.manifest import viewer_document
from documents.models import Blob, Preview, Version
from documents.openings import log_reading, note_opening
from documents.panels import READER, VERSION, panels_for
from documents.protection import is_marked, reader_picture
from documents.queries import (
    get_visible_document,
    get_visible_version,
    latest_version,
    preview_of,
    visible_documents,
    visible_outgoing,
)
from documents.reasons.files import sentences_of
from documents.serving import in_thread, picture_response, serve_blob
from ledger.verdict import Refused
from people.models import User
from people.queries import acting_post, only
from people.requests import person

PER_PAGE = 30


@login_required
@require_GET
def library(request: HttpRequest) -> HttpResponse:
    """List what the person may read, newest first, and take a file in."""
    user = person(request)
    rows = visible_documents(user).exclude(owner=user).select_related("created_by").order_by("-created_at", "-pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    post = acting_post(user)
    may_upload = bool(post and rules.may_take_in(user, post.agency_id))
    return render(request, "documents/library.html", {"page": page, "may_upload": may_upload})


@login_required
@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """Take one file in for the agency of the post the person acts in; answers as the drop zone asks."""
    user, file = person(request), request.FILES.get("file")
    post = acting_post(user)
    if file is None:
        raise Refused("file_missing")
    if post is None:
        raise Refused("not_yours")
    rules.may_take_in(user, post.agency_id).require()
    received = receive(file)
    title = received.file_name.rpartition(".")[0] or received.file_name
    document = take_in(received, agency_id=post.agency_id, title=title, by=user, at=timezone.now())
    note = " ".join(sentences_of(received.notes))
    address = reverse("documents:document", args=[document.public_id])
    return JsonResponse({"name": received.file_name, "note": note, "url": address}, status=201)


@login_required
@require_GET
def document(request: HttpRequest, public_id: UUID, number: int | None = None) -> HttpResponse:
    """Show one document, its newest version unless another is asked for."""
    user = person(request)
    found = get_visible_document(user, public_id)
    version = latest_version(found) if number is None else get_visible_version(user, public_id, number)
    if version is None:
        return redirect("documents:outgoing", only(visible_outgoing(user).filter(document=found)).public_id)
    note_opening(version, user, timezone.now())
    context = {
        "document": found,
        "version": version,
        "versions": found.versions.order_by("-number"),
        "viewer": viewer_document(version, user),
        "notes": sentences_of(version.notes),
        "panels": panels_for(VERSION, request, version),
        "reader": panels_for(READER, request, version),
    }
    return render(request, "documents/document.html", context)


@require_GET
def description(request: HttpRequest, public_id: UUID, number: int) -> HttpResponse:
    """Answer what the viewer asks again while pictures are being made."""
    if not request.user.is_authenticated:
        return HttpResponse(status=401)
    user, at = person(request), timezone.now()
    version = get_visible_version(user, public_id, number)
    note_opening(version, user, at)
    return JsonResponse(viewer_document(version, user, at=at), headers={"Cache-Control": "private, no-cache"})


@require_safe
async def file(request: HttpRequest, public_id: UUID, number: int) -> HttpResponseBase:
    """Serve the PDF that is shown, by byte ranges."""
    version = await _allowed(request, public_id, number)
    if version is None:
        return HttpResponse(status=401)
    rules.may_take_bytes(version.document).require()
    if is_marked(version.document):
        await _logged(request, version)
    return await _served(request, version, version.rendition)


@require_safe
async def original(request: HttpRequest, public_id: UUID, number: int) -> HttpResponseBase:
    """Serve the file as it came, to be saved."""
    version = await _allowed(request, public_id, number)
    if version is None:
        return HttpResponse(status=401)
    rules.may_take_bytes(version.document).require()
    if is_marked(version.document):
        return await readers_copy_later(version, await _logged(request, version), timezone.now())
    return await _served(request, version, version.original, download=True)


@require_safe
async def preview(request: HttpRequest, public_id: UUID, number: int, page: int, width: int) -> HttpResponseBase:
    """Serve the picture of one page; a reader waits for it, so what the database says is asked in one go."""

    def look() -> tuple[Version, Preview] | None:
        if not request.user.is_authenticated:
            return None
        version = get_visible_version(person(request), public_id, number)
        return version, preview_of(version, page, width)

    found = await sync_to_async(look)()
    if found is None:
        return HttpResponse(status=401)
    version, picture = found
    if not rules.may_take_bytes(version.document):
        return await _marked(request, version, picture)
    return await _served(request, version, picture.blob)


async def _allowed(request: HttpRequest, public_id: UUID, number: int) -> Version | None:
    """Return the version, or None for somebody who is not signed in; PDF.js wants a status, not a sign-in page."""

    def look() -> Version | None:
        if not request.user.is_authenticated:
            return None
        return get_visible_version(person(request), public_id, number)

    return await sync_to_async(look)()


async def _logged(request: HttpRequest, version: Version) -> User:
    """Note that the pages of a protected document were read, whatever way they were asked for; return the reader."""

    def note() -> User:
        reader = person(request)
        log_reading(version, reader, timezone.now())
        return reader

    return await sync_to_async(note)()


async def _marked(request: HttpRequest, version: Version, picture: Preview) -> HttpResponse:
    """Serve the picture with the reader's name over it, to be kept nowhere."""
    if picture.blob.purged_at is not None:
        raise Refused("purged")
    reader, at = await _logged(request, version), timezone.now()
    data = await in_thread(reader_picture, picture, reader, at)
    return picture_response(data)


async def _served(request: HttpRequest, version: Version, blob: Blob, *, download: bool = False) -> HttpResponseBase:
    if blob.purged_at is not None:
        raise Refused("purged")
    return await serve_blob(
        request,
        sha256=blob.sha256,
        size=blob.size,
        media_type=blob.media_type,
        file_name=version.file_name,
        download=download,
    )
