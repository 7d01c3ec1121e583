"""Remarks on papers from outside the room: hand in, take back, hand in again, forget."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ledger.verdict import Unseen
from meetings.actions import remarks
from meetings.queries.notebook import get_own_remark
from meetings.queries.remarks import get_own_mark
from meetings.views.autosave import written
from meetings.views.doors import opened

STEPS = {"hand-in": remarks.hand_in, "take-back": remarks.take_back, "discard": remarks.discard}


@login_required
@require_POST
def submit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Give one's own annotation to the chair as an opinion on the item of its paper."""
    user, meeting = opened(request, public_id)
    try:
        note = UUID(request.POST.get("note", ""))
    except ValueError as error:
        raise Unseen from error
    mark, paper = get_own_mark(user, meeting, note)
    opinion = remarks.submit(paper.item, paper, mark, text=written(request), by=user, at=timezone.now())
    return JsonResponse({"opinion": str(opinion.public_id), "text": _("Your remark has been handed to the chair.")})


@login_required
@require_POST
def step(request: HttpRequest, public_id: UUID, remark_id: UUID, verb: str) -> HttpResponse:
    """Do one step with a remark of one's own."""
    user, meeting = opened(request, public_id)
    if verb not in STEPS:
        raise Unseen
    remark = get_own_remark(user, meeting, remark_id)
    STEPS[verb](remark, by=user, at=timezone.now())
    said = {
        "hand-in": _("Your remark has been handed to the chair."),
        "take-back": _("Your remark is yours alone again."),
        "discard": _("The remark is deleted. The note on the page stays."),
    }
    messages.success(request, said[verb])
    return redirect(f"{reverse('meetings:opinions', args=[meeting.public_id])}#item-{remark.item.public_id}")
