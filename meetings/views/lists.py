"""Lists of meetings: upcoming, past, my unit's, those I prepare; filtered, paged, taken along."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from django.views.decorators.http import require_safe

from documents.serving import disposition
from ledger.verdict import Unseen
from meetings.forms.filters import FilterForm
from meetings.labels import STATES, kind_name
from meetings.models import Meeting
from meetings.queries.calendar import clerk_agencies
from meetings.queries.kinds import own_kinds_among
from meetings.queries.lists import TABS, counts_by_state, in_tab, narrowed, ordered, units_to_choose, with_rows
from meetings.queries.own import visible_among
from meetings.queries.visible import own_agencies
from meetings.rights import ANSWER
from meetings.spans import PERIODS, period
from people.models import User
from people.queries import agencies_with_right, today
from people.requests import person
from ui.sheets import MEDIA_TYPES, table

PER_PAGE = 30
MOST_EXPORTED = 10_000
LABELS: dict[str, Promise] = {
    "upcoming": pgettext_lazy("meetings", "Upcoming"),
    "past": pgettext_lazy("meetings", "Past"),
    "unit": gettext_lazy("My unit takes part"),
    "prepares": gettext_lazy("My unit prepares"),
    "preparing": gettext_lazy("Being prepared"),
}
SORTS: dict[str, Promise] = {
    "": gettext_lazy("Usual order"),
    "near": gettext_lazy("Earliest first"),
    "far": gettext_lazy("Latest first"),
    "title": gettext_lazy("By title"),
}
PERIOD_LABELS: dict[str, Promise] = {
    "week": gettext_lazy("This week"),
    "month": gettext_lazy("This month"),
    "quarter": gettext_lazy("This quarter"),
}


def tabs_of(user: User) -> list[tuple[str, Promise]]:
    """Return the tabs the person is offered: those of a unit for whoever keeps one's office."""
    hidden = set() if own_agencies(user) else {"unit", "prepares"}
    hidden |= set() if clerk_agencies(user) else {"preparing"}
    return [(tab, LABELS[tab]) for tab in TABS if tab not in hidden]


def lines(meetings: Any) -> list[dict[str, Any]]:
    """Return each meeting with its words; the agency only where it is not the same for all."""
    shown = list(meetings)
    mixed = len({one.agency_id for one in shown}) > 1
    return [
        {
            "meeting": one,
            "state": STATES[one.state],
            "kind": kind_name(one),
            "agency": one.agency if mixed else None,
            "place": one.where,
        }
        for one in shown
    ]


class Listing:
    """One list as the address asks for it."""

    def __init__(self, request: HttpRequest, now: datetime) -> None:
        self.request, self.user = request, person(request)
        self.tabs = tabs_of(self.user)
        asked = request.GET.get("tab", "")
        self.tab = asked if asked in dict(self.tabs) else "upcoming"
        self.order = request.GET.get("sort", "") if request.GET.get("sort", "") in SORTS else ""
        self.all = in_tab(self.user, self.tab, now)
        units, kinds = units_to_choose(self.user, self.tab, now), own_kinds_among(self.all)
        self.form = FilterForm(request.GET, units=units, kinds=kinds)
        self.form.is_valid()

    @property
    def found(self) -> QuerySet[Meeting]:
        """The meetings the filters leave, in order."""
        return ordered(with_rows(narrowed(self.user, self.all, self.form.filters())), self.order)

    def by_state(self) -> list[dict[str, Any]]:
        """Return how many there are in each state, the state filter left aside; each narrows to it."""
        filters = self.form.filters()
        others = narrowed(self.user, self.all, type(filters)(**{**vars(filters), "state": ""}))
        counts = counts_by_state(others)
        return [
            {"state": code, "label": label, "n": counts[code], "url": self.address(state=code)}
            for code, label in STATES.items()
            if counts.get(code)
        ]

    def address(self, **changes: str) -> str:
        """Return the address of this list with some of its filters changed or, where empty, dropped; page one."""
        query = self.request.GET.copy()
        query.pop("page", None)
        for name, value in changes.items():
            query.pop(name, None)
            if value:
                query[name] = value
        return f"?{query.urlencode()}"

    def chips(self) -> list[tuple[str, str]]:
        """Return the filters in force in words, each with the address without it."""
        bound, chips = self.form, []
        for name, value in getattr(bound, "cleaned_data", {}).items():
            if value:
                chips.append((f"{bound.fields[name].label}: {self.spoken(name, value)}", self.address(**{name: ""})))
        return chips

    def spoken(self, name: str, value: Any) -> str:
        """Return one filter's value in words."""
        if name in ("since", "until"):
            return f"{value:%d/%m/%Y}"
        return str(dict(self.form.fields[name].choices)[value]) if name in ("state", "kind") else str(value)  # type: ignore[attr-defined]

    def periods(self) -> list[tuple[Promise, str, bool]]:
        """Return the quick choices of time with their addresses, the chosen one marked."""
        filters, made = self.form.filters(), []
        for name in PERIODS:
            first, last = period(name, today())
            chosen = (filters.since, filters.until) == (first, last)
            url = self.address(since="" if chosen else f"{first:%d/%m/%Y}", until="" if chosen else f"{last:%d/%m/%Y}")
            made.append((PERIOD_LABELS[name], url, chosen))
        return made


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The meetings that concern me, by tab, narrowed by what the address says."""
    listing = Listing(request, timezone.now())
    page = Paginator(listing.found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": opening(listing, page),
        "tab": listing.tab,
        "tabs": listing.tabs,
        "form": listing.form,
        "order": listing.order,
        "sorts": SORTS.items(),
        "chips": listing.chips(),
        "periods": listing.periods(),
        "states": listing.by_state(),
        "all_states": listing.address(state=""),
        "in_past": listing.address(tab="past") if listing.tab == "upcoming" and listing.form.filters().text else "",
        "export": listing.address(),
        "may_create": bool(clerk_agencies(listing.user)),
        "may_answer": bool(agencies_with_right(listing.user, ANSWER)),
    }
    return render(request, "meetings/list.html", context)


def opening(listing: Listing, page: Page[Meeting]) -> list[dict[str, Any]]:
    """Return the lines of a page with where each leads: a meeting of the unit only opens what the unit may know."""
    shown = lines(page)
    whole = visible_among(listing.user, list(page)) if listing.tab in ("unit", "prepares") else None
    for line in shown:
        one = line["meeting"]
        name = "meetings:detail" if whole is None or one.pk in whole else "meetings:of_unit"
        line["url"] = reverse(name, args=[one.public_id])
    return shown


@login_required
@require_safe
def export(request: HttpRequest, form: str) -> HttpResponse:
    """The list as a table, filtered and ordered as on screen."""
    if form not in MEDIA_TYPES:
        raise Unseen
    listing = Listing(request, timezone.now())
    columns = [
        _("Meeting"),
        _("Starts"),
        _("Ends"),
        pgettext("meeting", "Place"),
        _("Kind of meeting"),
        _("Chairing unit"),
        _("State"),
    ]
    body = table(form, columns, rows(listing.found[:MOST_EXPORTED]))
    answer = HttpResponse(body, content_type=MEDIA_TYPES[form])
    answer["Content-Disposition"] = disposition("attachment", f"{LABELS[listing.tab]}.{form}")
    return answer


def rows(meetings: QuerySet[Meeting]) -> Iterator[list[str]]:
    """Yield one row per meeting."""
    for one in meetings:
        starts, ends = (f"{timezone.localtime(at):%d/%m/%Y %H:%M}" for at in (one.starts_at, one.ends_at))
        unit = (one.chairing_unit or one.agency).name
        yield [one.title, starts, ends, one.where, kind_name(one), unit, str(STATES[one.state])]
