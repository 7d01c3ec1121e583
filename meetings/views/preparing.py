"""Preparing a meeting: create, edit, its page, the package, calling it off."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ledger.verdict import Refused
from meetings.actions import meetings as acts
from meetings.actions import package
from meetings.forms.meeting import MeetingForm
from meetings.forms.outcome import ReasonForm
from meetings.models import Meeting
from meetings.pages import meeting_page
from meetings.queries.calendar import clerk_agencies
from meetings.rules.meeting import may
from meetings.views.doors import done, opened, page_of
from people.models import Agency, User
from people.queries import visible_agencies
from people.requests import person


def agencies_of(user: User) -> QuerySet[Agency]:
    """Return the agencies the person may prepare meetings of."""
    return visible_agencies(user).filter(pk__in=clerk_agencies(user))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """Start preparing a meeting."""
    user = person(request)
    agencies = agencies_of(user)
    if not agencies.exists():
        raise Refused("not_yours")
    form = MeetingForm(request.POST or None, agencies=agencies)
    if request.method == "POST":
        made = done(form, lambda: started(form, user))
        if made:
            messages.success(request, _("The meeting is in preparation. Add agenda, papers and participants."))
            return redirect(page_of(made))
    context = {"form": form, "heading": _("New meeting"), "verb": _("Start preparing"), "back": "/meetings/"}
    return render(request, "meetings/form.html", context, status=422 if form.errors else 200)


def started(form: MeetingForm, user: User) -> Meeting:
    """Create what the form says."""
    return acts.create(form.cleaned_data["agency"], details=form.details(), by=user, at=timezone.now())


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Change title, kind, times and place; whoever saves second is told."""
    user, meeting = opened(request, public_id)
    may(user, meeting, "edit").require()
    agencies = visible_agencies(user).filter(pk=meeting.agency_id)
    names = ("kind", "title", "starts_at", "ends_at", "place", "revision")
    now = {name: getattr(meeting, name) for name in names}
    form = MeetingForm(request.POST or None, agencies=agencies, initial=now)
    if request.method == "POST" and done(form, lambda: changed(form, meeting, user)):
        messages.success(request, _("The meeting has been changed."))
        return redirect(page_of(meeting))
    context = {"form": form, "heading": _("Change the meeting"), "verb": _("Save"), "back": page_of(meeting)}
    return render(request, "meetings/form.html", context, status=422 if form.errors else 200)


def changed(form: MeetingForm, meeting: Meeting, user: User) -> Meeting:
    """Change what the form says."""
    revision = form.cleaned_data["revision"] or 0
    return acts.edit(meeting, details=form.details(), revision=revision, by=user, at=timezone.now())


@login_required
@require_safe
def detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The meeting's page: agenda, papers, people; for those who prepare it also the tools."""
    user, meeting = opened(request, public_id)
    context = {**meeting_page(user, meeting), "reason_form": ReasonForm()}
    return render(request, "meetings/detail.html", context)


@login_required
@require_POST
def step(request: HttpRequest, public_id: UUID, verb: str) -> HttpResponse:
    """Submit, take back, approve, return or call off."""
    user, meeting = opened(request, public_id)
    reason, at = request.POST.get("reason", "").replace("\r\n", "\n"), timezone.now()
    if verb == "give_back":
        package.give_back(meeting, reason=reason, by=user, at=at)
    elif verb == "cancel":
        acts.cancel(meeting, reason=reason, by=user, at=at)
    else:
        plain = {"submit": package.submit, "take_back": package.take_back, "approve": package.approve}
        plain[verb](meeting, by=user, at=at)
    messages.success(request, said(verb))
    return redirect(page_of(meeting))


def said(verb: str) -> str:
    """Return what to tell after a step."""
    return {
        "submit": _("The package has been submitted for approval."),
        "take_back": _("The package has been taken back."),
        "approve": _("The package is approved; everyone on the list is invited."),
        "give_back": _("The package has been returned to the clerk."),
        "cancel": _("The meeting has been called off."),
    }[verb]
