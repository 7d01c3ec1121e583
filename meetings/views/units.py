"""Units: invited by the clerk; each answers on a page of its own."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ledger.verdict import Refused, Unseen
from meetings.actions import units as acts
from meetings.forms.people import SeatsForm
from meetings.labels import REPLIES, STATES, UNIT_STATES, kind_name, role_name
from meetings.models import Meeting, UnitInvitation
from meetings.queries.people import in_order, once_each, post_title, with_company
from meetings.queries.units import candidates, get_visible_unit, visible_units
from meetings.rules.replies import may_with_unit, unit_state
from meetings.views.doors import is_uuid, opened, valid
from meetings.views.people import answered
from people.models import User
from people.queries import called, get_visible_agency
from people.requests import person

PER_PAGE, FOUND = 30, 40
WHICH = ("waiting", "named", "declined")


def get_unit_of(meeting: Meeting, public_id: UUID) -> UnitInvitation:
    """Return one unit of this very meeting, or `Unseen`."""
    unit = meeting.units.filter(removed_at__isnull=True, public_id=public_id).select_related("meeting__agency").first()
    if unit is None:
        raise Unseen
    return unit


@login_required
@require_POST
def invite(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Invite a unit as such."""
    user, meeting = opened(request, public_id)
    seats = valid(SeatsForm(request.POST)).chosen()
    asked = request.POST.get("agency", "")
    if not is_uuid(asked):
        raise Unseen
    agency = get_visible_agency(user, UUID(asked))
    acts.invite_unit(meeting, agency=agency, seats=seats, by=user, at=timezone.now())
    return answered(request, meeting)


@login_required
@require_POST
def change(request: HttpRequest, public_id: UUID, unit_id: UUID) -> HttpResponse:
    """Change seats, role or remark of a unit's invitation."""
    user, meeting = opened(request, public_id)
    form = valid(SeatsForm(request.POST))
    revision = form.cleaned_data["revision"] or 0
    unit = get_unit_of(meeting, unit_id)
    acts.change_unit(unit, seats=form.chosen(), revision=revision, by=user, at=timezone.now())
    return answered(request, meeting)


@login_required
@require_POST
def remove(request: HttpRequest, public_id: UUID, unit_id: UUID) -> HttpResponse:
    """Take a unit off, and the people it named."""
    user, meeting = opened(request, public_id)
    acts.remove_unit(get_unit_of(meeting, unit_id), by=user, at=timezone.now())
    return answered(request, meeting)


# --- the unit's own side --------------------------------------------------------------------------


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every invitation of the units I answer for."""
    user = person(request)
    found = visible_units(user)
    words = request.GET.get("q", "").strip()[:100]
    which = request.GET.get("state", "")
    when = request.GET.get("when", "coming")
    over = Q(meeting__state__in=("closed", "cancelled")) | Q(meeting__ends_at__lt=timezone.now())
    found = found.filter(over) if when == "past" else found.exclude(over)
    found = found.filter(called(words, "meeting__title_folded", "agency__name_folded"))
    if which in WHICH:
        said = {"declined": Q(declined_at__isnull=False), "named": Q(declined_at__isnull=True, named__gt=0)}
        found = found.filter(said.get(which, Q(declined_at__isnull=True, named=0)))
    order = "-meeting__starts_at" if when == "past" else "meeting__starts_at"
    page = Paginator(found.order_by(order, "pk"), PER_PAGE).get_page(request.GET.get("page"))
    lines = [(unit, unit_state(unit, unit.named), UNIT_STATES[unit_state(unit, unit.named)]) for unit in page]
    context = {"page": page, "lines": lines, "q": words, "which": which, "when": when, "states": UNIT_STATES.items()}
    return render(request, "meetings/units.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def unit(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """One invitation of a unit: name its people, take them off, or decline."""
    user = person(request)
    invitation = get_visible_unit(user, unit_id)
    if request.method == "POST":
        try:
            messages.success(request, unit_step(request, user, invitation))
        except Refused as refused:
            context = unit_page(request, user, invitation) | {"error": refused}
            return render(request, "meetings/unit.html", context, status=422)
        return redirect("meetings:unit", invitation.public_id)
    return render(request, "meetings/unit.html", unit_page(request, user, invitation))


def unit_page(request: HttpRequest, user: User, unit: UnitInvitation) -> dict[str, object]:
    """Return what the unit sees of its invitation, whom it has named and whom it could name."""
    words = request.GET.get("q", "").strip()[:100]
    people = list(in_order(with_company(unit.people.filter(removed_at__isnull=True, stands_in_for__isnull=True))))
    state = unit_state(unit, len(people))
    may_name = may_with_unit(user, unit, "name", len(people))
    posts = once_each(candidates(unit, words)[:FOUND]) if may_name else []
    return {
        "unit": unit,
        "meeting": unit.meeting,
        "kind_name": kind_name(unit.meeting),
        "meeting_state": STATES[unit.meeting.state],
        "people": [(place, REPLIES[place.reply]) for place in people],
        "free": max(0, unit.seats - len(people)),
        "state": state,
        "state_label": UNIT_STATES[state],
        "role": role_name(unit.meeting, unit.role),
        "may_name": may_name,
        "may_decline": may_with_unit(user, unit, "decline", len(people)),
        "candidates": posts,
        "q": words,
        "reason": request.POST.get("reason", ""),
    }


def unit_step(request: HttpRequest, user: User, unit: UnitInvitation) -> str:
    """Do what the unit answers; return what to tell."""
    verb, at = request.POST.get("do", ""), timezone.now()
    if verb == "decline":
        acts.decline(unit, reason=request.POST.get("reason", ""), by=user, at=at)
        return _("The clerk of the meeting has been told that the unit does not attend.")
    asked = request.POST.get("who", "")
    if not is_uuid(asked):
        raise Unseen
    if verb == "name":
        post = candidates(unit).filter(user__public_id=asked).first()
        if post is None:
            raise Refused("unit_not_its_people")
        acts.name_person(unit, user=post.user, title=post_title(post, unit.meeting.agency_id), by=user, at=at)
        return _("%(name)s is named and has been told.") % {"name": post.user.full_name}
    if verb == "take_away":
        place = unit.people.filter(removed_at__isnull=True, public_id=asked).select_related("unit__meeting").first()
        if place is None:
            raise Unseen
        acts.take_person_away(place, by=user, at=at)
        return _("The person is no longer named.")
    raise Unseen
