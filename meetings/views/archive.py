"""The record of a closed meeting on one page, and as one ZIP."""

from uuid import UUID

from asgiref.sync import sync_to_async
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST, require_safe

from documents.blobs.protocol import BlobMissing
from documents.serving import serve_blob
from ledger.verdict import YES, Refused, Verdict, first_no, no
from meetings.actions import exports
from meetings.archive.names import safe
from meetings.archive.record import record_of
from meetings.basis import is_stale
from meetings.frame import frame
from meetings.models import Meeting, RecordExport
from meetings.queries.outcome import get_visible_export
from meetings.queries.visible import get_visible_meeting
from meetings.rules.meeting import may
from meetings.views.doors import opened
from people.models import User
from people.requests import person


@login_required
@require_safe
def archive(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show the whole record as this person sees it."""
    user, meeting = opened(request, public_id)
    if meeting.state not in ("closed", "cancelled"):
        raise Refused("wrong_state")
    context = {
        **frame(user, meeting, "archive"),
        "record": record_of(user, meeting),
        "export": newest(user, meeting, exports.RECORD),
        "may_export": bool(may(user, meeting, "export")),
    }
    return render(request, "meetings/archive.html", context)


def newest(user: User, meeting: Meeting, kind: str) -> RecordExport | None:
    """Return the person's newest package of this meeting, or their newest book."""
    found = RecordExport.objects.filter(meeting=meeting, user=user, kind=kind).first()
    if found is not None and found.state in exports.RUNNING and found.asked_at < timezone.now() - exports.PATIENCE:
        found.state = "failed"  # so it counts already, until the sweep or the next asking writes it down
    if found is not None and found.state == "ready" and is_stale(found):
        found.state = "stale"  # shown, never written: what was taken away may be given back
    return found


@login_required
@require_POST
def ask(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Have the record packed."""
    user, meeting = opened(request, public_id)
    exports.ask(meeting, by=user, at=timezone.now())
    return redirect(reverse("meetings:archive", args=[meeting.public_id]) + "#package")


@login_required
@require_GET
def progress(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show how far the packing is."""
    user, meeting = opened(request, public_id)
    export = newest(user, meeting, exports.RECORD)
    context = {"meeting": meeting, "export": export, "may_export": bool(may(user, meeting, "export"))}
    return render(request, "meetings/archive_package.html", context)


@require_safe
async def download(request: HttpRequest, public_id: UUID, export_id: UUID) -> HttpResponseBase:
    """Serve one's own package."""
    return await fetched(request, public_id, export_id, exports.RECORD)


def may_fetch(user: User, export: RecordExport) -> Verdict:
    """May the person still have what was made for them? What they may see is asked anew at every download."""
    if export.state != "ready":
        return YES  # nothing is given out
    allowed = may(user, export.meeting, exports.VERBS[export.kind][0])
    return first_no(allowed, no("export_stale") if is_stale(export) else YES)


FILES = {
    exports.RECORD: (gettext_lazy("Record"), "zip", "application/zip"),
    exports.BOOK: (gettext_lazy("Meeting book"), "pdf", "application/pdf"),
}


async def fetched(request: HttpRequest, public_id: UUID, export_id: UUID, kind: str) -> HttpResponseBase:
    """Serve what was made for the person who asks."""

    def look() -> RecordExport | None:
        if not request.user.is_authenticated:
            return None
        user = person(request)
        meeting = get_visible_meeting(user, public_id)
        found = get_visible_export(user, meeting, export_id, kind)
        may_fetch(user, found).require()
        return found

    export = await sync_to_async(look)()
    if export is None:
        return HttpResponse(status=401)
    if export.state != "ready":
        return JsonResponse({"state": export.state, "done": export.done, "total": export.total}, status=409)
    words, suffix, media_type = FILES[kind]
    name = await sync_to_async(lambda: f"{words} - {safe(export.meeting.title)}.{suffix}")()
    try:
        return await serve_blob(
            request,
            sha256=export.sha256,
            size=export.size,
            media_type=media_type,
            file_name=name,
            download=True,
        )
    except BlobMissing as missing:
        raise Refused("export_gone") from missing
