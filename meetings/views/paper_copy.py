"""The meeting on paper: one tap for roll, agenda and ballots; the papers too where they are chosen."""

from uuid import UUID

from asgiref.sync import sync_to_async
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from documents.blobs.protocol import BlobMissing
from documents.serving import serve_blob
from ledger.verdict import Refused, Unseen
from meetings.archive.names import safe
from meetings.forms.outcome import CopyForm
from meetings.frame import frame
from meetings.models import Meeting
from meetings.paper_copy.printing import Printed, print_copy
from meetings.paper_copy.sheets import AT_ONCE, PARTS, Choice
from meetings.queries.visible import get_visible_meeting
from meetings.rules.meeting import may
from meetings.views.doors import opened
from people.models import User
from people.requests import person

SALT, DAY = "meetings.paper_copy", 24 * 3600


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def paper_copy(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Choose what is printed; POST prints, and without a choice what is needed at once."""
    user, meeting = opened(request, public_id)
    may(user, meeting, "print_paper").require()
    if request.method != "POST":
        return shown(request, user, meeting, CopyForm(initial={"parts": AT_ONCE}))
    form = CopyForm(request.POST if "parts" in request.POST else {"parts": list(AT_ONCE)})
    if not form.is_valid():
        return shown(request, user, meeting, form)
    chosen = tuple(part for part in PARTS if part in form.cleaned_data["parts"])
    choice = Choice(chosen, form.cleaned_data["blank"] or 0)
    printed = print_copy(meeting, choice, by=user, at=timezone.now())
    token = signing.dumps([meeting.pk, user.pk, printed.sha256, printed.size], salt=SALT)
    return redirect(reverse("meetings:printed_copy", args=[meeting.public_id, token]))


def shown(request: HttpRequest, user: User, meeting: Meeting, form: CopyForm) -> HttpResponse:
    """Show the choices."""
    context = {
        **frame(user, meeting, "paper_copy"),
        "form": form,
        "people": meeting.participants.filter(removed_at__isnull=True).count(),
        "questions": meeting.votes.filter(state__in=("prepared", "open"), item__hidden=False).count(),
    }
    return render(request, "meetings/paper_copy.html", context, status=422 if form.errors else 200)


@require_safe
async def printed_copy(request: HttpRequest, public_id: UUID, token: str) -> HttpResponseBase:
    """Serve what was printed, to the one who printed it, for a day."""

    def look() -> tuple[Meeting, Printed] | None:
        if not request.user.is_authenticated:
            return None
        user = person(request)
        meeting = get_visible_meeting(user, public_id)
        return meeting, unsealed(token, meeting, user)

    found = await sync_to_async(look)()
    if found is None:
        return HttpResponse(status=401)
    meeting, printed = found
    name = await sync_to_async(lambda: f"{_('Paper copy')} - {safe(meeting.title)}.pdf")()
    try:
        return await serve_blob(
            request, sha256=printed.sha256, size=printed.size, media_type="application/pdf", file_name=name
        )
    except BlobMissing as missing:
        raise Refused("export_gone") from missing


def unsealed(token: str, meeting: Meeting, user: User) -> Printed:
    """Return what the token stands for, if it was given to this person for this meeting."""
    try:
        meeting_id, user_id, sha256, size = signing.loads(token, salt=SALT, max_age=DAY)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise Unseen from error
    if (meeting_id, user_id) != (meeting.pk, user.pk):
        raise Unseen
    return Printed(sha256, size)
