"""The room's page, and what is done with a meeting that is over."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from meetings import drafting
from meetings.actions import conclusions
from meetings.api import room_state
from meetings.forms.outcome import ConclusionForm
from meetings.models import Meeting
from meetings.queries.visible import get_visible_item
from meetings.rules.meeting import may_enter
from meetings.views.doors import answered, opened, page_of, valid
from people.models import User


@login_required
@never_cache
@require_safe
def room(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The room: one page that follows the meeting."""
    user, meeting = opened(request, public_id)
    may_enter(user, meeting).require()
    context = {"meeting": meeting, "bootstrap": bootstrap(meeting, user)}
    return render(request, "meetings/room.html", context)


def bootstrap(meeting: Meeting, user: User) -> dict[str, Any]:
    """Return what the page starts with: both snapshots, where their streams stand, and where to ask."""
    api = f"/api/v1/meetings/{meeting.public_id}"
    return {
        **room_state(meeting, user),
        "language": user.language,
        "urls": {
            "socket": f"/ws/meetings/{meeting.public_id}/",
            "commands": f"{api}/commands",
            "state": f"{api}/room",
            "page": page_of(meeting),
            "paper": "/documents/{document}/versions/{version}/",
            "document": "/documents/{document}/",
        },
    }


@login_required
@require_POST
def conclude(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Write down a conclusion, on an item or on the whole meeting."""
    user, meeting = opened(request, public_id)
    text = valid(ConclusionForm(request.POST)).cleaned_data["text"]
    asked = request.POST.get("item", "")
    item = get_visible_item(user, meeting, UUID(asked)) if is_uuid(asked) else None
    conclusions.conclude(meeting, text=text, item=item, by=user, at=timezone.now())
    return answered(request, meeting, "outcome")


def is_uuid(text: str) -> bool:
    """Can this be an id?"""
    try:
        UUID(text)
    except ValueError:
        return False
    return True


@login_required
@require_POST
def minutes(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Draft the minutes from what the ledger holds."""
    user, meeting = opened(request, public_id)
    drafting.draft_minutes(meeting, by=user, at=timezone.now())
    messages.success(request, _("The minutes have been drafted."))
    return redirect(f"{page_of(meeting)}#outcome")


@login_required
@require_POST
def notice(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Draft the conclusion notice as an outgoing document, and open it."""
    user, meeting = opened(request, public_id)
    made = drafting.draft_notice(meeting, by=user, at=timezone.now())
    messages.success(request, _("The conclusion notice has been drafted."))
    return redirect(reverse("documents:outgoing", args=[made.public_id]))
