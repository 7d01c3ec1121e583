"""Conclusions: the list of a meeting, written, changed, removed and put back, ordered, with files."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ledger.verdict import Refused
from meetings.actions import conclusions as acts
from meetings.actions import outcome
from meetings.forms.outcome import ConclusionForm
from meetings.frame import frame
from meetings.models import Conclusion, Meeting, Outcome
from meetings.outline import labels
from meetings.queries.outcome import conclusions_of
from meetings.queries.visible import get_visible_conclusion, get_visible_item
from meetings.rules.meeting import may
from meetings.rules.outcome import OFFICE, may_conclude
from meetings.views.doors import answered, is_uuid, opened, valid
from meetings.views.papers import uploaded
from people.models import User


def page_of_conclusions(meeting: Meeting) -> str:
    """Return the address of the list."""
    return reverse("meetings:conclusions", args=[meeting.public_id])


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def conclusions(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show the conclusions; POST writes one down."""
    user, meeting = opened(request, public_id)
    if request.method != "POST":
        return render(request, "meetings/conclusions.html", context_of(user, meeting))
    text = valid(ConclusionForm(request.POST)).cleaned_data["text"]
    asked = request.POST.get("item", "")
    item = get_visible_item(user, meeting, UUID(asked)) if is_uuid(asked) else None
    acts.conclude(meeting, text=text, item=item, by=user, at=timezone.now())
    return shown(request, meeting)


def context_of(user: User, meeting: Meeting, **more: Any) -> dict[str, Any]:
    """Return what the list shows: every conclusion with its item's number, the notice, and what may be done."""
    around = frame(user, meeting, "conclusions")
    sees_hidden = bool(around["my_roles"] & OFFICE)
    items = list(meeting.items.all() if sees_hidden else meeting.items.filter(hidden=False))
    numbers = labels([item.depth for item in items])
    lines = list(conclusions_of(user, meeting, sees_hidden=sees_hidden))
    outcome_row = Outcome.objects.filter(meeting=meeting).select_related("notice").first()
    return {
        **around,
        "lines": lines,
        "items": list(zip(numbers, items, strict=True)),
        "numbers": {item.pk: number for number, item in zip(numbers, items, strict=True)},
        "may_conclude": bool(may_conclude(user, meeting)),
        "reads_files": bool(around["my_roles"] - {"guest"}),
        "outcome": outcome_row,
        "may_publish": bool(may(user, meeting, "publish_conclusions")),
        **more,
    }


def shown(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Answer a step: the part on the page it was sent from."""
    if request.POST.get("from") == "outcome":
        return answered(request, meeting, "outcome")
    return redirect(page_of_conclusions(meeting))


@login_required
@require_POST
def edit(request: HttpRequest, public_id: UUID, line_id: UUID) -> HttpResponse:
    """Change a conclusion; where it reads otherwise by now, show both texts."""
    user, meeting = opened(request, public_id)
    line = get_visible_conclusion(user, meeting, line_id)
    text, seen = request.POST.get("text", ""), request.POST.get("seen", "")
    valid(ConclusionForm(request.POST))
    try:
        acts.edit(line, text=text, seen=seen, by=user, at=timezone.now())
    except Refused as refused:
        if refused.code != "changed_meanwhile":
            raise
        context = context_of(user, meeting, conflict=standing(line), mine=text)
        return render(request, "meetings/conclusions.html", context, status=409)
    if Outcome.objects.filter(meeting=meeting, notice__isnull=False).exists():
        messages.warning(request, _("The conclusion notice was drafted before this change. Correct the notice too."))
    return redirect(f"{page_of_conclusions(meeting)}#line-{line.public_id}")


def standing(line: Conclusion) -> Conclusion | None:
    """Return the conclusion as it stands now, None when it was removed."""
    return Conclusion.objects.filter(pk=line.pk).first()


@login_required
@require_POST
def remove(request: HttpRequest, public_id: UUID, line_id: UUID) -> HttpResponse:
    """Remove a conclusion and offer to put it back."""
    user, meeting = opened(request, public_id)
    acts.remove(get_visible_conclusion(user, meeting, line_id), by=user, at=timezone.now())
    return redirect(f"{page_of_conclusions(meeting)}?removed={line_id}")


@login_required
@require_POST
def put_back(request: HttpRequest, public_id: UUID, line_id: UUID) -> HttpResponse:
    """Put a removed conclusion back."""
    user, meeting = opened(request, public_id)
    acts.put_back(meeting, removed=line_id, by=user, at=timezone.now())
    return redirect(page_of_conclusions(meeting))


@login_required
@require_POST
def place(request: HttpRequest, public_id: UUID, line_id: UUID) -> HttpResponse:
    """Move a conclusion up or down."""
    user, meeting = opened(request, public_id)
    asked = request.POST.get("position", "")
    if not asked.isdecimal() or len(asked) > 6:
        raise Refused("conclusion_unknown")
    line = get_visible_conclusion(user, meeting, line_id)
    acts.place(line, position=int(asked), by=user, at=timezone.now())
    return redirect(f"{page_of_conclusions(meeting)}#line-{line_id}")


@login_required
@require_POST
def attach(request: HttpRequest, public_id: UUID, line_id: UUID) -> HttpResponse:
    """Attach one file once the gate has looked at it."""
    user, meeting = opened(request, public_id)
    line = get_visible_conclusion(user, meeting, line_id)
    may_conclude(user, meeting).require()
    received = uploaded(request)
    title = received.file_name.rpartition(".")[0] or received.file_name
    acts.attach(line, received, title=title, by=user, at=timezone.now())
    return redirect(f"{page_of_conclusions(meeting)}#line-{line_id}")


@login_required
@require_POST
def detach(request: HttpRequest, public_id: UUID, line_id: UUID, document_id: UUID) -> HttpResponse:
    """Take a file off a conclusion."""
    user, meeting = opened(request, public_id)
    line = get_visible_conclusion(user, meeting, line_id)
    document = line.files.filter(public_id=document_id).first()
    if document is None:
        raise Refused("conclusion_unknown")
    acts.detach(line, document, by=user, at=timezone.now())
    return redirect(f"{page_of_conclusions(meeting)}#line-{line_id}")


@login_required
@require_POST
def publish(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Tell everybody who took part that the conclusions stand."""
    user, meeting = opened(request, public_id)
    outcome.publish_conclusions(meeting, by=user, at=timezone.now())
    messages.success(request, _("Everybody who takes part has been told of the conclusions."))
    return redirect(page_of_conclusions(meeting))
