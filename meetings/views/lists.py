"""Lists of meetings: upcoming, past, those I prepare; the panel of the home page."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from meetings.labels import STATES, kind_name
from meetings.models import Meeting
from meetings.queries.calendar import clerk_agencies, meetings_today, past_meetings, prepared_by_me, upcoming_meetings
from meetings.rules.meeting import may_enter
from people.models import User
from people.queries import today
from people.requests import person

PER_PAGE = 30
TABS = {"upcoming": _("Upcoming"), "past": _("Past"), "preparing": _("In preparation")}


def listed(user: User, tab: str) -> QuerySet[Meeting]:
    """Return the meetings of one tab."""
    if tab == "past":
        return past_meetings(user, timezone.now())
    return prepared_by_me(user) if tab == "preparing" else upcoming_meetings(user, timezone.now())


def lines(meetings: Any) -> list[dict[str, Any]]:
    """Return each meeting with its words; the agency only where it is not the same for all."""
    shown = list(meetings)
    mixed = len({one.agency_id for one in shown}) > 1
    return [
        {"meeting": one, "state": STATES[one.state], "kind": kind_name(one), "agency": one.agency if mixed else None}
        for one in shown
    ]


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The meetings that exist for me, by tab, found by words of the title."""
    user = person(request)
    tab = request.GET.get("tab", "upcoming")
    tab = tab if tab in TABS else "upcoming"
    words = request.GET.get("q", "").strip()
    found = listed(user, tab)
    found = found.filter(title__icontains=words) if words else found
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    may_create = bool(clerk_agencies(user))
    tabs = [(key, label) for key, label in TABS.items() if key != "preparing" or may_create]
    context = {"page": page, "lines": lines(page), "tab": tab, "tabs": tabs, "q": words, "may_create": may_create}
    return render(request, "meetings/list.html", context)


def panel(request: HttpRequest) -> Mapping[str, Any] | None:
    """Return today's meetings for the home page, nothing on a day without."""
    user = person(request)
    found = lines(meetings_today(user, today())[:PER_PAGE])
    for line in found:
        line["may_enter"] = line["meeting"].state != "closed" and bool(may_enter(user, line["meeting"]))
    return {"lines": found} if found else None
