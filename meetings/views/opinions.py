"""Opinions prepared for the agenda: write, hand in, take back; the chair's list."""

from collections import defaultdict
from collections.abc import Iterable
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

from documents.serving import disposition
from ledger.verdict import Refused, Unseen
from meetings.actions import opinions
from meetings.frame import frame
from meetings.models import AgendaItem, Meeting, Opinion, Participant
from meetings.opinion_sheet import FORMS, opinion_file, place_url
from meetings.queries.notebook import handed_in, own_opinions, own_remarks
from meetings.queries.visible import get_visible_item, visible_items
from meetings.rules.meeting import participation
from meetings.rules.own import LONGEST_OPINION, may_prepare, may_read_opinions
from meetings.views.autosave import as_made_for, conflict, kept, number, wants_json, written
from meetings.views.doors import opened
from people.models import User

Placed = tuple[Opinion, str]


@login_required
@never_cache
@require_safe
def page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The agenda with my opinion under each item, and for chair and secretary what was handed in."""
    user, meeting = opened(request, public_id)
    return render(request, "meetings/opinions.html", context_of(user, meeting))


def context_of(user: User, meeting: Meeting, mine: dict[int, str] | None = None) -> dict[str, Any]:
    """Return what the page shows; `mine` are texts that could not be kept, shown beside those that were."""
    reads = may_read_opinions(user, meeting)
    given, remarks = by_item(handed_in(meeting) if reads else []), by_item(own_remarks(user, meeting))
    own = own_opinions(user, meeting)
    items = list(visible_items(user, meeting).select_related("meeting__current_item").order_by("position"))
    place, kept = participation(user, meeting), mine or {}
    lines = [
        {**line(place, item, own.get(item.pk), given.get(item.pk, []), kept.get(item.pk)), "remarks": remarks[item.pk]}
        for item in items
    ]
    total = sum(len(found) for found in given.values())
    return {
        **frame(user, meeting, "opinions"),
        "lines": lines,
        "reads": reads,
        "given": total,
        "most": LONGEST_OPINION,
        "forms": list(FORMS),
    }


def by_item(found: Iterable[Opinion]) -> dict[int, list[Placed]]:
    """Return opinions by item, each with the address of its place in the paper."""
    listed: dict[int, list[Placed]] = defaultdict(list)
    for opinion in found:
        listed[opinion.item_id].append((opinion, place_url(opinion)))
    return listed


def line(
    place: Participant | None, item: AgendaItem, own: Opinion | None, given: list[Placed], unsaved: str | None
) -> dict[str, Any]:
    """Return one item with what the person may do on it."""
    return {"item": item, "own": own, "given": given, "may": may_prepare(place, item), "unsaved": unsaved}


@login_required
@require_POST
def save(request: HttpRequest, public_id: UUID, item_id: UUID) -> HttpResponse:
    """Keep what is being written; nobody else sees it."""
    user, meeting = opened(request, public_id)
    as_made_for(request, user)
    item = get_visible_item(user, meeting, item_id)
    text = written(request)
    try:
        opinion = opinions.save(item, text=text, revision=number(request), by=user, at=timezone.now())
    except Refused as refused:
        return not_kept(request, user, item, text, refused)
    if wants_json(request):
        return kept(opinion.revision if opinion else 0)
    messages.success(request, _("Your opinion is kept. Only you see it until you hand it in."))
    return back(meeting, item)


def not_kept(request: HttpRequest, user: User, item: AgendaItem, text: str, refused: Refused) -> HttpResponse:
    """Answer a save that came second with both texts; pass every other refusal on."""
    if refused.code != "changed_meanwhile":
        raise refused
    own = Opinion.objects.filter(item=item, user=user, note__isnull=True).first()
    if wants_json(request):
        return conflict(refused, own.text if own else "", own.revision if own else 0)
    messages.error(request, str(refused.text))
    return render(request, "meetings/opinions.html", context_of(user, item.meeting, {item.pk: text}), status=409)


@login_required
@require_POST
def hand_in(request: HttpRequest, public_id: UUID, item_id: UUID) -> HttpResponse:
    """Give my opinion to the chair; what stands in the field is kept first."""
    user, meeting = opened(request, public_id)
    as_made_for(request, user)
    item = get_visible_item(user, meeting, item_id)
    if "text" in request.POST:
        text = written(request)
        try:
            opinions.save(item, text=text, revision=number(request), by=user, at=timezone.now())
        except Refused as refused:
            return not_kept(request, user, item, text, refused)
    opinions.hand_in(item, by=user, at=timezone.now())
    messages.success(request, _("Your opinion has been handed to the chair."))
    return back(meeting, item)


@login_required
@require_POST
def take_back(request: HttpRequest, public_id: UUID, item_id: UUID) -> HttpResponse:
    """Make my opinion mine alone again."""
    user, meeting = opened(request, public_id)
    item = get_visible_item(user, meeting, item_id)
    opinions.take_back(item, by=user, at=timezone.now())
    messages.success(request, _("Your opinion is yours alone again."))
    return back(meeting, item)


def back(meeting: Meeting, item: AgendaItem) -> HttpResponse:
    """Go back to the item."""
    return redirect(f"{reverse('meetings:opinions', args=[meeting.public_id])}#item-{item.public_id}")


@login_required
@require_safe
def export(request: HttpRequest, public_id: UUID, form: str) -> HttpResponse:
    """What was handed in, on all items or on one, as a table or a paper for chair and secretary."""
    user, meeting = opened(request, public_id)
    if form not in FORMS:
        raise Unseen
    if not may_read_opinions(user, meeting):
        raise Refused("not_yours")
    item = get_visible_item(user, meeting, as_uuid(request.GET["item"])) if request.GET.get("item") else None
    answer = HttpResponse(opinion_file(meeting, item, form, at=timezone.now()), content_type=FORMS[form])
    answer["Content-Disposition"] = disposition("attachment", f"{_('Opinions')} - {meeting.title[:80]}.{form}")
    answer["Cache-Control"] = "private, no-store"
    return answer


def as_uuid(text: str) -> UUID:
    """Return an id as an address names it, or raise `Unseen`."""
    try:
        return UUID(text)
    except ValueError as error:
        raise Unseen from error
