"""The agenda: each step answers with the part that changed."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from ledger.verdict import Refused
from meetings.actions import agenda
from meetings.forms.agenda import MatterForm
from meetings.queries.visible import get_visible_item
from meetings.views.doors import answered, opened, valid


@login_required
@require_POST
def add_item(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Add an agenda item at the end."""
    user, meeting = opened(request, public_id)
    matter = valid(MatterForm(request.POST)).matter()
    agenda.add_item(meeting, matter=matter, by=user, at=timezone.now())
    return answered(request, meeting, "agenda")


@login_required
@require_POST
def edit_item(request: HttpRequest, public_id: UUID, item_id: UUID) -> HttpResponse:
    """Change what an item says."""
    user, meeting = opened(request, public_id)
    form = valid(MatterForm(request.POST))
    item = get_visible_item(user, meeting, item_id)
    revision = form.cleaned_data["revision"] or 0
    agenda.edit_item(item, matter=form.matter(), revision=revision, by=user, at=timezone.now())
    return answered(request, meeting, "agenda")


@login_required
@require_POST
def place_item(request: HttpRequest, public_id: UUID, item_id: UUID) -> HttpResponse:
    """Move an item up or down, or to a place."""
    user, meeting = opened(request, public_id)
    item = get_visible_item(user, meeting, item_id)
    asked = request.POST.get("position", "")
    if not asked.isdecimal() or len(asked) > 6:
        raise Refused("item_unknown")
    agenda.place_item(item, position=int(asked), by=user, at=timezone.now())
    return answered(request, meeting, "agenda")


@login_required
@require_POST
def remove_item(request: HttpRequest, public_id: UUID, item_id: UUID) -> HttpResponse:
    """Take an item off the agenda."""
    user, meeting = opened(request, public_id)
    agenda.remove_item(get_visible_item(user, meeting, item_id), by=user, at=timezone.now())
    return answered(request, meeting, "agenda")


@login_required
@require_GET
def agenda_part(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show the agenda as it is now, after files have come in."""
    _user, meeting = opened(request, public_id)
    return answered(request, meeting, "agenda")
