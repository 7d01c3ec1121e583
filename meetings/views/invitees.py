"""Adding many at once: saved lists, units under an agency, their leaders, whole branches; a preview comes first."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ledger.verdict import Refused, Unseen
from meetings.actions import invitees, participants
from meetings.actions import units as unit_acts
from meetings.actions.participants import Guestline
from meetings.actions.units import Seats
from meetings.details import Seat
from meetings.frame import frame
from meetings.labels import role_choices
from meetings.models import Meeting, Participant
from meetings.queries.clashes import Clash, person_clashes
from meetings.queries.people import (
    get_visible_list,
    list_contents,
    post_title,
    posts_of_people,
    posts_under,
    visible_lists,
)
from meetings.rules.meeting import may
from meetings.views.doors import is_uuid, opened
from meetings.views.people import UNIT_ROLES
from people.models import Agency, Post, User
from people.queries import visible_agencies
from people.requests import person
from people.tree import people_by_id, units_under

MOST = 300
WAYS = ("list", "units", "leaders", "branch_leaders", "branch_clerks", "branch_all")


@dataclass(frozen=True)
class PersonLine:
    """One person who would be added: already there, or expected elsewhere at the time."""

    post: Post
    title: str
    there: bool
    clash: Clash | None


def asked_for(request: HttpRequest, user: User, meeting: Meeting) -> tuple[str, list[Post], list[Agency]]:
    """Return what the bulk choice is called, and the people and units it means."""
    way, key = request.GET.get("way", ""), request.GET.get("of", "")
    if way == "list" and is_uuid(request.GET.get("list", "")):
        kept = get_visible_list(user, UUID(request.GET["list"]))
        units = list(kept.units.filter(dissolved_on__isnull=True).order_by("name"))
        return kept.name, posts_of_people(user, kept.users.all(), meeting.agency_id), units
    if way not in WAYS or not is_uuid(key):
        raise Unseen
    agency = get_object_or_404(visible_agencies(user), public_id=key)
    if way == "units":
        return agency.name, [], list(units_under(agency))
    role = {"leaders": Post.Role.LEADER, "branch_leaders": Post.Role.LEADER, "branch_clerks": Post.Role.CLERK}.get(way)
    return agency.name, posts_under(user, agency, role or "", directly=way == "leaders"), []


def preview(request: HttpRequest, user: User, meeting: Meeting) -> dict[str, object]:
    """Return who would be added, who is there already, who is expected elsewhere."""
    name, posts, units = asked_for(request, user, meeting)
    there = set(meeting.participants.filter(removed_at__isnull=True).values_list("user_id", flat=True))
    invited = set(meeting.units.filter(removed_at__isnull=True).values_list("agency_id", flat=True))
    people = [post.user for post in posts[:MOST]]
    found = person_clashes(people, meeting.starts_at, meeting.ends_at, besides=meeting, asked_by=user)
    clashes = {clash.user.pk: clash for clash in reversed(found)}
    lines = [
        PersonLine(post, post_title(post, meeting.agency_id), post.user_id in there, clashes.get(post.user_id))
        for post in posts[:MOST]
    ]
    return {
        "choice_name": name,
        "lines": lines,
        "unit_lines": [(unit, unit.pk in invited) for unit in units[:MOST]],
        "more": max(0, len(posts) - MOST) + max(0, len(units) - MOST),
        "fresh": sum(not line.there for line in lines) + sum(unit.pk not in invited for unit in units[:MOST]),
        "clashing": sum(line.clash is not None and not line.there for line in lines),
        "roles": role_choices(meeting)[1:],
        "unit_roles": [line for line in role_choices(meeting) if line[0] in UNIT_ROLES],
        "way": request.GET.get("way", ""),
    }


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add_many(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show whom a bulk choice would add; posting adds those that are marked."""
    user, meeting = opened(request, public_id)
    may(user, meeting, "invite").require()
    if request.method == "POST":
        people, units = add_marked(request, user, meeting)
        words = {"people": people, "units": units}
        messages.success(request, _("Added: %(people)d people and %(units)d units.") % words)
        return redirect("meetings:people", meeting.public_id)
    context = {**frame(user, meeting, "people"), **preview(request, user, meeting)}
    return render(request, "meetings/people_add.html", context)


def add_marked(request: HttpRequest, user: User, meeting: Meeting) -> tuple[int, int]:
    """Add the marked people and units; who was added meanwhile stays as they are."""
    at, role = timezone.now(), request.POST.get("role", Participant.Role.MEMBER)
    votes = "votes" in request.POST and role != Participant.Role.GUEST
    marked = [key for key in request.POST.getlist("who") if is_uuid(key)]
    posts = posts_marked(user, marked, meeting.agency_id)
    units = [key for key in request.POST.getlist("unit") if is_uuid(key)]
    agencies = list(visible_agencies(user).filter(public_id__in=units[:MOST]))
    if not posts and not agencies:
        raise Refused("nothing_chosen")
    lines = [Guestline(post.user, Seat(role, votes, post_title(post, meeting.agency_id))) for post in posts]
    made = participants.invite_many(meeting, lines=lines, by=user, at=at) if lines else []
    return len(made), invite_units(request, user, meeting, agencies)


def posts_marked(user: User, marked: list[str], agency_id: int) -> list[Post]:
    """Return the posts of the marked people."""
    return posts_of_people(user, people_by_id(marked[:MOST]), agency_id)


def invite_units(request: HttpRequest, user: User, meeting: Meeting, agencies: list[Agency]) -> int:
    """Invite the marked units that are not invited yet; return how many."""
    wanted = request.POST.get("seats", "1")
    seats = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 4 else 0
    role, remark = request.POST.get("unit_role", Participant.Role.MEMBER), request.POST.get("remark", "")
    invited = set(meeting.units.filter(removed_at__isnull=True).values_list("agency_id", flat=True))
    fresh = [agency for agency in agencies if agency.pk not in invited]
    for agency in fresh:
        unit_acts.invite_unit(meeting, agency=agency, seats=Seats(seats, role, remark), by=user, at=timezone.now())
    return len(fresh)


# --- saved lists ------------------------------------------------------------------------------------


@login_required
@require_safe
def lists(request: HttpRequest) -> HttpResponse:
    """The saved lists of my agencies, with the names on them."""
    user = person(request)
    kept = list(visible_lists(user)[:200])
    names = list_contents(kept)
    return render(request, "meetings/people_lists.html", {"lists": [(one, names[one.pk]) for one in kept]})


@login_required
@require_POST
def save(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Keep the people and units of this meeting as a list."""
    user, meeting = opened(request, public_id)
    places = meeting.participants.filter(removed_at__isnull=True, stands_in_for__isnull=True, unit__isnull=True)
    users = [place.user for place in places.select_related("user")]
    units = [unit.agency for unit in meeting.units.filter(removed_at__isnull=True).select_related("agency")]
    name = request.POST.get("name", "")
    kept = invitees.save_list(meeting.agency, name=name, users=users, units=units, by=user, at=timezone.now())
    messages.success(request, _("The list “%(name)s” is kept.") % {"name": kept.name})
    return redirect("meetings:people", meeting.public_id)


@login_required
@require_POST
def drop(request: HttpRequest, list_id: UUID) -> HttpResponse:
    """Throw a saved list away."""
    user = person(request)
    invitees.drop_list(get_visible_list(user, list_id), by=user, at=timezone.now())
    messages.success(request, _("The list has been thrown away."))
    return redirect("meetings:invitee_lists")
