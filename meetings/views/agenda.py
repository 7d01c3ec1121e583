"""The agenda: each step answers with the part that changed; a step that came too late shows both texts."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST, require_safe

from ledger.verdict import Refused
from live.log import position
from meetings.actions import agenda
from meetings.details import Matter, Spot
from meetings.forms.agenda import MatterForm, SpotForm
from meetings.models import Meeting
from meetings.outline import labels
from meetings.pages import meeting_page
from meetings.queries.visible import get_visible_item
from meetings.rules.meeting import may
from meetings.views.doors import answered, opened, page_of, valid
from people.models import User
from people.queries import visible_agencies

YES = "yes"


def matter_form(request: HttpRequest, user: User) -> MatterForm:
    """Return the form as it was sent."""
    return MatterForm(request.POST, units=visible_agencies(user))


@login_required
@require_POST
def add_item(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Add an agenda item: beside the neighbour that was named, or at the end."""
    user, meeting = opened(request, public_id)
    matter = valid(matter_form(request, user)).matter()
    spot = valid(SpotForm(request.POST)).spot() if "after" in request.POST else None
    item = agenda.add_item(meeting, matter=matter, spot=spot, by=user, at=timezone.now())
    return answered(request, meeting, "agenda", fresh=item.public_id)


@login_required
@require_POST
def edit_item(request: HttpRequest, public_id: UUID, item_id: UUID) -> HttpResponse:
    """Change what an item says; who saves second gets their own words back, beside what the other one wrote."""
    user, meeting = opened(request, public_id)
    form = valid(matter_form(request, user))
    item = get_visible_item(user, meeting, item_id)
    revision = form.cleaned_data["revision"] or 0
    try:
        agenda.edit_item(item, matter=form.matter(), revision=revision, by=user, at=timezone.now())
    except Refused as refused:
        if refused.code != "changed_meanwhile":
            raise
        return answered(request, meeting, "agenda", status=422, conflict=form, conflict_on=item_id)
    return answered(request, meeting, "agenda")


@login_required
@require_POST
def place_item(request: HttpRequest, public_id: UUID, item_id: UUID) -> HttpResponse:
    """Move an item right after another one, so far in."""
    user, meeting = opened(request, public_id)
    item = get_visible_item(user, meeting, item_id)
    agenda.place_item(item, spot=valid(SpotForm(request.POST)).spot(), by=user, at=timezone.now())
    return answered(request, meeting, "agenda")


@login_required
@require_POST
def step_item(request: HttpRequest, public_id: UUID, item_id: UUID) -> HttpResponse:
    """Move an item up, down, in or out."""
    user, meeting = opened(request, public_id)
    item = get_visible_item(user, meeting, item_id)
    agenda.step_item(item, step=request.POST.get("step", ""), by=user, at=timezone.now())
    return answered(request, meeting, "agenda")


@login_required
@require_POST
def hide_item(request: HttpRequest, public_id: UUID, item_id: UUID) -> HttpResponse:
    """Hide an item from all but those who prepare, or show it again."""
    user, meeting = opened(request, public_id)
    item = get_visible_item(user, meeting, item_id)
    agenda.hide_item(item, hidden=request.POST.get("hidden") == YES, by=user, at=timezone.now())
    return answered(request, meeting, "agenda")


@login_required
@require_POST
def remove_item(request: HttpRequest, public_id: UUID, item_id: UUID) -> HttpResponse:
    """Take an item, with what is under it, off the agenda; it can be put back."""
    user, meeting = opened(request, public_id)
    gone = agenda.remove_item(get_visible_item(user, meeting, item_id), by=user, at=timezone.now())
    lines = [[depth, asdict(matter)] for depth, matter in gone.lines]
    spot = [str(gone.spot.after) if gone.spot.after else "", gone.spot.depth]
    request.session[undo_key(meeting)] = {"lines": lines, "spot": spot}
    return answered(request, meeting, "agenda", undo=undo_of(request, meeting))


@login_required
@require_POST
def put_back(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Put back what was removed last."""
    user, meeting = opened(request, public_id)
    kept = request.session.get(undo_key(meeting))
    if kept is None:
        raise Refused("nothing_to_put_back")
    after, depth = kept["spot"]
    lines = [(line_depth, Matter(**matter)) for line_depth, matter in kept["lines"]]
    agenda.add_items(meeting, lines=lines, spot=Spot(UUID(after) if after else None, depth), by=user, at=timezone.now())
    request.session.pop(undo_key(meeting), None)
    return answered(request, meeting, "agenda")


def undo_key(meeting: Meeting) -> str:
    """Return where the session keeps what was removed last from this agenda."""
    return f"removed:{meeting.pk}"


def undo_of(request: HttpRequest, meeting: Meeting) -> dict[str, Any] | None:
    """Return what can be put back, in words."""
    kept = request.session.get(undo_key(meeting))
    return {"title": kept["lines"][0][1]["title"], "more": len(kept["lines"]) - 1} if kept else None


@login_required
@require_GET
def agenda_part(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show the agenda as it is now; nothing, cheaply, when nothing happened since the page last looked."""
    _user, meeting = opened(request, public_id)
    if request.GET.get("seen") == str(position(meeting.stream).seq):
        return HttpResponse(status=204)
    if request.GET.get("only") == "news":
        return HttpResponse("changed", content_type="text/plain")
    if request.headers.get("HX-Request") != "true":
        return redirect(page_of(meeting))
    return answered(request, meeting, "agenda")


@login_required
@require_safe
def printed_agenda(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The agenda on paper."""
    user, meeting = opened(request, public_id)
    with_hidden = bool(may(user, meeting, "arrange")) and request.GET.get("all") == YES
    context = meeting_page(user, meeting)
    lines = [line for line in context["agenda"] if with_hidden or not line.item.hidden]
    numbers = labels([line.item.depth for line in lines])
    return render(request, "meetings/agenda_print.html", {**context, "lines": list(zip(numbers, lines, strict=True))})
