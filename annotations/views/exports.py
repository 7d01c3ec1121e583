"""Taking notes along: a copy of the PDF with them, W3C Web Annotations, XFDF."""

from uuid import UUID

from asgiref.sync import async_to_sync
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from annotations.leaving import FORMS, MINE, NONE, WHICH, export
from documents.models import Version
from documents.openings import note_opening
from documents.protection import is_marked
from documents.queries import get_visible_document, get_visible_version, latest_version
from documents.rules import may_take_bytes
from documents.serving import copy_response, serve_blob, to_print
from ledger.verdict import Refused, Unseen
from people.models import User
from people.requests import person

LONGEST = 120


@login_required
@require_GET
def take_along(request: HttpRequest, public_id: UUID, form: str) -> HttpResponseBase:
    """Give the person their notes on one version, the newest unless another is named; `show` opens a PDF to print."""
    user, at = person(request), timezone.now()
    which = request.GET.get("which", MINE)
    shown = form == "pdf" and request.GET.get("show") == "1"
    if form not in FORMS or which not in (*WHICH, NONE) or (which == NONE and form != "pdf"):
        raise Unseen
    version = asked_version(user, public_id, request.GET.get("version", ""))
    if which == NONE and shown and not is_marked(version.document):
        note_opening(version, user, at)
        return as_it_is(request, version)
    address = request.build_absolute_uri(reverse("documents:file", args=[public_id, version.number]))
    made = export(user, version, form=form, which=which, address=address, at=at)
    note_opening(version, user, at)
    named = version.document.title[:LONGEST] + ("" if which == NONE else f" - {_('notes')}")
    return copy_response(made.data, named + made.suffix, media_type=made.media_type, shown=shown)


def as_it_is(request: HttpRequest, version: Version) -> HttpResponseBase:
    """Open the stored PDF to be printed; it is never whole in memory."""
    may_take_bytes(version.document).require()
    blob = version.rendition
    if blob.purged_at is not None:
        raise Refused("purged")
    name = f"{version.document.title[:LONGEST]}.pdf"
    serve = async_to_sync(serve_blob)
    return to_print(serve(request, sha256=blob.sha256, size=blob.size, media_type=blob.media_type, file_name=name))


def asked_version(user: User, public_id: UUID, number: str) -> Version:
    """Return the version asked for of a document the person sees, or raise `Unseen`."""
    if number:
        if not (number.isascii() and number.isdigit() and len(number) < 8):
            raise Unseen
        return get_visible_version(user, public_id, int(number))
    version = latest_version(get_visible_document(user, public_id))
    if version is None:
        raise Unseen
    return version
