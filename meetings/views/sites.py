"""Check-in and sites of one meeting: how people get in, the other rooms, who attends where."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ledger.verdict import Refused
from meetings.actions import presence
from meetings.actions import sites as acts
from meetings.forms.sites import EntryForm, SiteForm
from meetings.frame import frame
from meetings.labels import CERTAINTIES, WAYS
from meetings.models import Meeting, Site
from meetings.queries.room import quorum_of, rules_for
from meetings.queries.sites import people_where, site_lines
from meetings.queries.visible import get_visible_site
from meetings.tabs import sees_sites
from meetings.views.doors import done, is_uuid, opened
from people.models import User

PER_PAGE = 50
CONFLICT = 409


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """How people get in, the sites, who attends where; POST adds a site."""
    user, meeting = opened(request, public_id)
    if request.method != "POST":
        return shown(request, user, meeting)
    form = SiteForm(request.POST)
    site = done(form, lambda: acts.add(meeting, details=form.written(), by=user, at=timezone.now()))
    if site is None:
        return shown(request, user, meeting, new_form=form, status=CONFLICT)
    messages.success(request, _("The site has been added. Now choose who attends there."))
    return redirect("meetings:sites", meeting.public_id)


def shown(request: HttpRequest, user: User, meeting: Meeting, *, status: int = 200, **forms: Any) -> HttpResponse:
    """Show the page, with a form that came back where one did."""
    around = frame(user, meeting, "sites")
    if not sees_sites(meeting, around["my_roles"]):
        raise Refused("wrong_state")
    query, lines = request.GET, site_lines(meeting)
    where = query.get("where", "") if query.get("where", "") in {line.key for line in lines} else ""
    people = people_where(meeting, text=query.get("q", "").strip()[:100], where=where)
    counts = rules_for(meeting).quorum_counts
    context = {
        **around,
        "lines": lines,
        "people": Paginator(people, PER_PAGE).get_page(query.get("page")),
        "removed": meeting.sites.filter(removed_at__isnull=False).order_by("-removed_at").first(),
        "q": query.get("q", "")[:100],
        "where": where,
        "ways": WAYS,
        "quorum": quorum_of(meeting),
        "quorum_ways": [WAYS[way] for way in counts.ways],
        "certainty": CERTAINTIES[counts.certainty],
        "arranges": around["can"]["arrange_sites"],
        **forms,
    }
    name = "meetings/parts/site_counts.html" if query.get("part") == "counts" else "meetings/sites.html"
    return render(request, name, context, status=status)


@login_required
@require_POST
def edit(request: HttpRequest, public_id: UUID, site_id: UUID) -> HttpResponse:
    """Change a site; who was overtaken gets both texts back."""
    user, meeting = opened(request, public_id)
    site = get_visible_site(user, meeting, site_id)
    form = SiteForm(request.POST)
    work = lambda: acts.edit(  # noqa: E731
        site, details=form.written(), seen=form.seen(), by=user, at=timezone.now()
    )
    if done(form, work) is None:
        return shown(request, user, meeting, site_form=form, form_of=site, status=CONFLICT)
    messages.success(request, _("The site has been changed."))
    return redirect("meetings:sites", meeting.public_id)


@login_required
@require_POST
def remove(request: HttpRequest, public_id: UUID, site_id: UUID) -> HttpResponse:
    """Take a site off."""
    user, meeting = opened(request, public_id)
    acts.remove(get_visible_site(user, meeting, site_id), by=user, at=timezone.now())
    messages.success(request, _("The site has been removed; its people are expected in the room."))
    return redirect("meetings:sites", meeting.public_id)


@login_required
@require_POST
def put_back(request: HttpRequest, public_id: UUID, site_id: UUID) -> HttpResponse:
    """Put a removed site back."""
    user, meeting = opened(request, public_id)
    acts.put_back(get_visible_site(user, meeting, site_id), by=user, at=timezone.now())
    messages.success(request, _("The site is back."))
    return redirect("meetings:sites", meeting.public_id)


@login_required
@require_POST
def entry(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say how people get in."""
    user, meeting = opened(request, public_id)
    form = EntryForm(request.POST)
    work = lambda: acts.set_entry(  # noqa: E731
        meeting, entry=form.written(), seen=form.seen(), by=user, at=timezone.now()
    )
    if done(form, work) is None:
        return shown(request, user, meeting, entry_form=form, status=CONFLICT)
    messages.success(request, _("The way of checking in has been kept."))
    return redirect("meetings:sites", meeting.public_id)


@login_required
@require_POST
def assign(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say where the ticked people attend."""
    user, meeting = opened(request, public_id)
    people = [UUID(one) for one in request.POST.getlist("people")[: PER_PAGE * 2] if is_uuid(one)]
    if not people:
        raise Refused("nobody_ticked")
    attends, site = wanted(request.POST, user, meeting)
    count = presence.set_site(meeting, people=people, attends=attends, site=site, by=user, at=timezone.now())
    messages.success(request, _("Changed where %(count)s people attend.") % {"count": count})
    return redirect("meetings:sites", meeting.public_id)


def wanted(given: Mapping[str, Any], user: User, meeting: Meeting) -> tuple[str, Site | None]:
    """Return the way chosen: the room, online, or a site by its id."""
    where = str(given.get("to", ""))
    if is_uuid(where):
        return "site", get_visible_site(user, meeting, UUID(where))
    return where, None
