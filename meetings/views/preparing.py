"""Preparing a meeting: create, edit, its page, the package, calling it off."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ledger.verdict import Refused
from meetings.actions import meetings as acts
from meetings.actions import package
from meetings.actions.series import Carried, edit_following
from meetings.forms.meeting import MeetingForm
from meetings.forms.outcome import ReasonForm
from meetings.labels import kind_name
from meetings.models import Meeting
from meetings.pages import meeting_page
from meetings.queries.calendar import clerk_agencies
from meetings.queries.series import following
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
    form = MeetingForm(request.POST or None, user=user, agencies=agencies, initial=asked_hours(request))
    if request.method == "POST":
        made = done(form, lambda: started(form, user))
        if made:
            messages.success(request, _("The meeting is in preparation. Add agenda, papers and participants."))
            return redirect(page_of(made))
    context = {"form": form, "heading": _("New meeting"), "verb": _("New meeting"), "back": "/meetings/"}
    context["new"] = True
    return render(request, "meetings/form.html", context, status=422 if form.errors else 200)


def asked_hours(request: HttpRequest) -> dict[str, datetime]:
    """Return the times of a free hour chosen in the calendar: two hours from there."""
    try:
        start = parse_datetime(request.GET.get("starts", ""))
    except ValueError:
        return {}
    if start is None or not 2000 <= start.year <= 2200 or start.tzinfo is not None:
        return {}
    start = timezone.make_aware(start)
    return {"starts_at": start, "ends_at": start + timedelta(hours=2)}


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
    form = MeetingForm(
        request.POST or None, user=user, agencies=agencies, now=meeting.kind, initial=written_of(meeting)
    )
    if request.method == "POST":
        saved = done(form, lambda: changed(form, meeting, user, onwards=request.POST.get("scope") == "following"))
        if saved:
            messages.success(request, changed_words(len(saved.changed)))
            if saved.kept:
                messages.warning(request, kept_words(saved))
            return redirect(page_of(meeting))
    later = len(following(meeting))
    context = {"form": form, "heading": _("Change the meeting"), "verb": _("Save"), "back": page_of(meeting)}
    context |= {"later": later, "theirs": theirs(form, meeting) if request.method == "POST" else []}
    context["changed"] = meeting
    return render(request, "meetings/form.html", context, status=422 if form.errors else 200)


def changed(form: MeetingForm, meeting: Meeting, user: User, *, onwards: bool) -> Carried:
    """Change what the form says, in this meeting alone or in the later ones of its series too."""
    revision, details, at = form.cleaned_data["revision"] or 0, form.details(), timezone.now()
    if onwards:
        return edit_following(meeting, details=details, revision=revision, by=user, at=at)
    acts.edit(meeting, details=details, revision=revision, by=user, at=at)
    return Carried([], [])


def kept_words(saved: Carried) -> str:
    """Return which later meetings were not changed."""
    days = ", ".join(timezone.localtime(one.starts_at).strftime("%d/%m/%Y") for one in saved.kept)
    words = _("Not changed, because their package is not with the clerk now: the meetings of %(days)s.")
    return words % {"days": days}


def changed_words(carried: int) -> str:
    """Return what to say after a change."""
    if not carried:
        return _("The meeting has been changed.")
    words = ngettext(
        "The meeting and %(n)d later one have been changed.",
        "The meeting and %(n)d later ones have been changed.",
        carried,
    )
    return words % {"n": carried}


def theirs(form: MeetingForm, meeting: Meeting) -> list[tuple[Any, Any]]:
    """Return what stands there now when somebody else saved meanwhile; saving again then puts mine in its place."""
    fresh = Meeting.objects.select_related("room", "chairing_unit").get(pk=meeting.pk)
    if form.cleaned_data.get("revision") == fresh.revision:
        return []
    form.data = {**form.data.dict(), "revision": str(fresh.revision)}  # type: ignore[attr-defined]
    shown = (fresh.title, fresh.starts_at, fresh.ends_at, fresh.room, fresh.place, fresh.chairing_unit)
    names = ("title", "starts_at", "ends_at", "room", "place", "chairing_unit")
    words = [timezone.localtime(one).strftime("%H:%M %d/%m/%Y") if isinstance(one, datetime) else one for one in shown]
    return [(form.fields[name].label, word) for name, word in zip(names, words, strict=True)]


def written_of(meeting: Meeting) -> dict[str, Any]:
    """Return what the form shows of the meeting as it is."""
    names = ("kind", "title", "starts_at", "ends_at", "place", "reply_by", "revision")
    links = {"room": meeting.room, "chairing_unit": meeting.chairing_unit}
    return {
        **{name: getattr(meeting, name) for name in names},
        **{name: link.public_id if link else None for name, link in links.items()},
        "kind_name": kind_name(meeting),
    }


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
        {**plain, "discard": acts.discard}[verb](meeting, by=user, at=at)
    messages.success(request, said(verb))
    return redirect("meetings:list" if verb == "discard" else page_of(meeting))


def said(verb: str) -> str:
    """Return what to tell after a step."""
    return {
        "submit": _("The package has been submitted for approval."),
        "take_back": _("The package has been taken back."),
        "approve": _("The package is approved; everyone on the list is invited."),
        "give_back": _("The package has been returned to the clerk."),
        "cancel": _("The meeting has been called off."),
        "discard": _("The draft has been discarded."),
    }[verb]
