"""Taking notes along: a copy of the PDF with them, W3C Web Annotations, XFDF."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from annotations.leaving import FORMS, MINE, NONE, WHICH, export
from documents.models import Version
from documents.openings import note_opening
from documents.queries import get_visible_document, get_visible_version, latest_version
from documents.serving import disposition
from ledger.verdict import Unseen
from people.models import User
from people.requests import person

LONGEST = 120


@login_required
@require_GET
def take_along(request: HttpRequest, public_id: UUID, form: str) -> HttpResponse:
    """Give the person their notes on one version, the newest unless another is named; `show` opens a PDF to print."""
    user, at = person(request), timezone.now()
    which = request.GET.get("which", MINE)
    shown = form == "pdf" and request.GET.get("show") == "1"
    if form not in FORMS or which not in (*WHICH, NONE) or (which == NONE and form != "pdf"):
        raise Unseen
    version = asked_version(user, public_id, request.GET.get("version", ""))
    address = request.build_absolute_uri(reverse("documents:file", args=[public_id, version.number]))
    made = export(user, version, form=form, which=which, address=address, at=at)
    note_opening(version, user, at)
    named = version.document.title[:LONGEST] + ("" if which == NONE else f" - {_('notes')}")
    answer = HttpResponse(made.data, content_type=made.media_type)
    answer["Content-Disposition"] = disposition("inline" if shown else "attachment", named + made.suffix)
    answer["Cache-Control"] = "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


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
