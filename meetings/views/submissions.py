"""A unit's papers: brought, handed in, taken back."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from meetings.actions import submissions
from meetings.queries.duties import get_unit_paper, get_visible_duty
from meetings.rules.agenda import may_with_paper
from meetings.rules.duties import may_bring
from meetings.views.papers import titled, told, uploaded, wants_json
from people.requests import person


@login_required
@require_POST
def bring(request: HttpRequest, duty_id: UUID) -> HttpResponse:
    """Take one file of the unit in."""
    user = person(request)
    duty = get_visible_duty(user, duty_id)
    may_bring(user, duty).require()
    received = uploaded(request)
    submissions.bring(duty, received, title=titled(received), by=user, at=timezone.now())
    return told(request, received) if wants_json(request) else redirect("meetings:duty", duty.public_id)


@login_required
@require_POST
def bring_version(request: HttpRequest, duty_id: UUID, paper_id: UUID) -> HttpResponse:
    """Take a newer version in: of what is not handed in yet, or as a proposal for what is laid."""
    user = person(request)
    duty = get_visible_duty(user, duty_id)
    paper = get_unit_paper(user, duty, paper_id)
    may_with_paper(user, paper, "propose" if paper.state == "laid" else "upload").require()
    received = uploaded(request)
    bringing = submissions.propose if paper.state == "laid" else submissions.upload
    bringing(paper, received, change_note=request.POST.get("change_note", ""), by=user, at=timezone.now())
    return told(request, received) if wants_json(request) else redirect("meetings:duty", duty.public_id)


@login_required
@require_POST
def step(request: HttpRequest, duty_id: UUID, paper_id: UUID, verb: str) -> HttpResponse:
    """Hand in, take back or throw away."""
    user = person(request)
    duty = get_visible_duty(user, duty_id)
    paper = get_unit_paper(user, duty, paper_id)
    steps = {"submit": submissions.submit, "take_back": submissions.take_back, "discard": submissions.discard}
    steps[verb](paper, by=user, at=timezone.now())
    said = {
        "submit": _("The paper has been handed in."),
        "take_back": _("The paper has been taken back; change it and hand it in again."),
        "discard": _("The paper has been thrown away."),
    }
    messages.success(request, said[verb])
    return redirect("meetings:duty", duty.public_id)
