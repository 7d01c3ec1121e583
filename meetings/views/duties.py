"""What units must prepare: asked for by the preparer, worked on by the unit."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ledger.verdict import no
from meetings.actions import duties as acts
from meetings.deadlines import usual_due
from meetings.dossier import colleagues, dossier
from meetings.forms.papers import AssignForm, ChargeForm, DutyFilter, DutyForm
from meetings.frame import frame
from meetings.labels import DUTY_STATES
from meetings.materials import duty_line, sees_table
from meetings.models import Duty, Meeting
from meetings.queries.calendar import day_bounds
from meetings.queries.duties import DUTY_STATES as STATES
from meetings.queries.duties import get_visible_duty, visible_duties, with_states
from meetings.queries.room import rules_for
from meetings.rules.meeting import may
from meetings.views.doors import done, opened
from meetings.views.papers import to_table
from people.models import User
from people.queries import called, only, visible_agencies
from people.requests import person

PER_PAGE = 30


def suggested_due(meeting: Meeting) -> datetime:
    """Return when papers are usually due: as the kind's time rule says, else three working days before."""
    rules = [rule for rule in rules_for(meeting).time_rules if rule.code == "papers"]
    starts = timezone.localtime(meeting.starts_at)
    due = usual_due(starts, rules[0].days) if rules else usual_due(starts)
    return due if due > timezone.localtime() else starts


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def assign(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask units to prepare papers, several at once."""
    user, meeting = opened(request, public_id)
    may(user, meeting, "arrange").require()
    first = {"items": request.GET.getlist("item"), "due_at": suggested_due(meeting)}
    items = meeting.items.select_related("meeting__agency", "owner_unit")
    units = visible_agencies(user).order_by("name")
    form = AssignForm(request.POST or None, items=items, units=units, initial=first)
    if request.method == "POST":
        made = done(form, lambda: assigned(form, meeting, user))
        if made is not None:
            messages.success(request, _("The units have been told what to prepare, and by when."))
            return to_table(meeting)
    context = {**frame(user, meeting, "materials"), "form": form, "heading": _("Ask units to prepare papers")}
    return render(request, "meetings/duties_assign.html", context, status=422 if form.errors else 200)


def assigned(form: AssignForm, meeting: Meeting, user: User) -> list[Duty]:
    """Ask what the form says, all of it or nothing."""
    data = form.cleaned_data
    chosen = {"items": list(data["items"]), "units": list(data["units"])}
    return acts.assign_all(meeting, **chosen, what=data["what"], due_at=data["due_at"], by=user, at=timezone.now())


def meeting_duty(meeting: Meeting, public_id: UUID) -> Duty:
    """Return one duty of this meeting, or raise Unseen."""
    known = Duty.objects.filter(item__meeting=meeting).select_related("agency", "item__meeting__agency")
    return only(known.filter(public_id=public_id))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, public_id: UUID, duty_id: UUID) -> HttpResponse:
    """Ask for something else or by another time; who saves second sees what the first one wrote."""
    user, meeting = opened(request, public_id)
    around = frame(user, meeting, "materials")
    if not sees_table(around["my_roles"]):
        no("not_yours").require()
    duty = meeting_duty(meeting, duty_id)
    now = {"what": duty.what, "due_at": duty.due_at, "revision": duty.revision}
    form = DutyForm(request.POST or None, initial=now)
    if request.method == "POST" and done(form, lambda: changed(form, duty, user)):
        messages.success(request, _("The unit has been told of the change."))
        return to_table(meeting)
    context = {**around, "form": form, "duty": duty, "theirs": now if form.errors else None}
    return render(request, "meetings/duties_change.html", context, status=422 if form.errors else 200)


def changed(form: DutyForm, duty: Duty, user: User) -> Duty:
    """Change what the form says."""
    data = form.cleaned_data
    revision = data["revision"] or 0
    return acts.change(duty, what=data["what"], due_at=data["due_at"], revision=revision, by=user, at=timezone.now())


@login_required
@require_POST
def waive(request: HttpRequest, public_id: UUID, duty_id: UUID) -> HttpResponse:
    """Ask for it no longer."""
    user, meeting = opened(request, public_id)
    may(user, meeting, "arrange").require()
    acts.waive(meeting_duty(meeting, duty_id), by=user, at=timezone.now())
    messages.success(request, _("The unit no longer has to prepare this."))
    return to_table(meeting)


# --- the unit's side -----------------------------------------------------------------------------


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What my units must prepare, what is due first at the top."""
    user = person(request)
    wanted = DutyFilter(request.GET).asked()
    found = narrowed(with_states(visible_duties(user)), wanted).order_by("due_at", "pk")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    at = timezone.now()
    asked = request.GET.copy()
    asked.pop("page", None)
    context = {
        "page": page,
        "lines": [duty_line(duty, at) for duty in page],
        "states": [("open", _("Still to do")), *((code, DUTY_STATES[code]) for code in STATES)],
        "wanted": wanted,
        "narrowed": any(wanted.values()),
        "asked": asked.urlencode(),
        "filter": DutyFilter(request.GET),
    }
    return render(request, "meetings/duties.html", context)


def narrowed(duties: QuerySet[Duty], wanted: dict[str, Any]) -> QuerySet[Duty]:
    """Return those that fit the filters."""
    fits = Q()
    if wanted["state"] == "open":
        fits &= Q(stands__in=("waiting", "prepared", "returned"))
    elif wanted["state"] in STATES:
        fits &= Q(stands=wanted["state"])
    if wanted["q"]:
        words = wanted["q"].strip()
        fits &= called(words, "item__meeting__title_folded", "agency__name_folded") | Q(item__title__icontains=words)
    if wanted["meeting"]:
        fits &= Q(item__meeting__public_id=wanted["meeting"])
    if wanted["since"]:
        fits &= Q(due_at__gte=day_bounds(wanted["since"])[0])
    if wanted["until"]:
        fits &= Q(due_at__lt=day_bounds(wanted["until"])[1])
    return duties.filter(fits)


@login_required
@require_safe
def duty(request: HttpRequest, duty_id: UUID) -> HttpResponse:
    """One duty for the unit: what is asked, what it brought, where that stands."""
    user = person(request)
    found = get_visible_duty(user, duty_id)
    return render(request, "meetings/duty.html", dossier(user, found))


@login_required
@require_POST
def charge(request: HttpRequest, duty_id: UUID) -> HttpResponse:
    """Put colleagues in charge of a duty."""
    user = person(request)
    found = get_visible_duty(user, duty_id)
    form = ChargeForm(request.POST, people=colleagues(found))
    if not form.is_valid():
        no("not_in_unit").require()
    acts.appoint(found, people=list(form.cleaned_data["people"]), by=user, at=timezone.now())
    messages.success(request, _("Those in charge of the duty have been set."))
    return redirect("meetings:duty", found.public_id)
