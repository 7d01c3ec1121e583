"""The meeting book: have it bound, see how far it is, fetch it."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe

from annotations.leaving import WHICH
from meetings.actions import exports
from meetings.book.contents import book_items
from meetings.frame import frame
from meetings.models import Meeting
from meetings.rules.meeting import may
from meetings.views.archive import fetched, newest
from meetings.views.doors import opened
from people.models import User


@login_required
@never_cache
@require_safe
def page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What would be in the book of this person, and the newest one made."""
    user, meeting = opened(request, public_id)
    may(user, meeting, "bind_book").require()
    items = book_items(user, meeting)
    papers = [paper for item in items for paper in item.papers]
    context = {
        **frame(user, meeting, "book"),
        **state_of(user, meeting),
        "items": items,
        "count": sum(not paper.lost for paper in papers),
        "pages": sum(paper.version.pages for paper in papers if not paper.lost),
    }
    return render(request, "meetings/book.html", context)


def state_of(user: User, meeting: Meeting) -> dict[str, Any]:
    """Return the newest book of this person, and whether they may have another bound."""
    book, may_bind = newest(user, meeting, exports.BOOK), bool(may(user, meeting, "bind_book"))
    return {"meeting": meeting, "book": book, "running": exports.RUNNING, "may_bind": may_bind}


@login_required
@require_POST
def ask(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Have the book bound, with one's own notes, with those shared with one too, or without."""
    user, meeting = opened(request, public_id)
    notes = request.POST.get("notes", "")
    exports.ask(meeting, kind=exports.BOOK, notes=notes if notes in WHICH else "", by=user, at=timezone.now())
    return redirect(reverse("meetings:book", args=[meeting.public_id]) + "#book")


@login_required
@never_cache
@require_GET
def progress(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show how far the binding is."""
    user, meeting = opened(request, public_id)
    return render(request, "meetings/parts/book.html", state_of(user, meeting))


@require_safe
async def download(request: HttpRequest, public_id: UUID, export_id: UUID) -> HttpResponseBase:
    """Serve one's own book."""
    return await fetched(request, public_id, export_id, exports.BOOK)
