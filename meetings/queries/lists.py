"""Lists of meetings: a tab, filters, an order; everything is asked of the database, a page at a time."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from meetings.finding import CONCLUSIONS, MEETING
from meetings.models import Meeting
from meetings.queries.calendar import day_bounds, past_meetings, prepared_by_me, upcoming_meetings
from meetings.queries.own import chaired_by, chairing_units, prepared_by_units, unit_meetings
from meetings.queries.visible import visible_meetings
from people.models import Agency, User
from search.fold import fold, words
from search.queries import holding

TABS = ("upcoming", "past", "unit", "prepares", "preparing")
ORDERS = {"near": "starts_at", "far": "-starts_at", "title": "title_folded"}


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to; empty means everything."""

    since: date | None = None
    until: date | None = None
    state: str = ""
    kind: str = ""
    unit: Agency | None = None
    text: str = ""


def in_tab(user: User, tab: str, now: datetime) -> QuerySet[Meeting]:
    """Return the meetings of one tab, in its natural order."""
    if tab == "past":
        return past_meetings(user, now)
    if tab == "unit":
        return unit_meetings(user).order_by("-starts_at")
    if tab == "prepares":
        return prepared_by_units(user).order_by("-starts_at")
    return prepared_by_me(user) if tab == "preparing" else upcoming_meetings(user, now)


def narrowed(user: User, meetings: QuerySet[Meeting], filters: Filters) -> QuerySet[Meeting]:
    """Return those of the meetings that the filters leave."""
    found = meetings
    if filters.since:
        found = found.filter(ends_at__gte=day_bounds(filters.since)[0])
    if filters.until:
        found = found.filter(starts_at__lt=day_bounds(filters.until)[1])
    found = found.filter(state=filters.state) if filters.state else found
    found = found.filter(kind=filters.kind) if filters.kind else found
    found = found.filter(chaired_by(filters.unit)) if filters.unit else found
    return found.filter(about(user, filters.text)) if filters.text else found


def about(user: User, text: str) -> Q:
    """Return the filter for words of the title; of agenda and conclusions where the person may open the meeting."""
    terms = words(fold(text))
    if not terms:
        return Q(pk__in=[])
    title = Q()
    for term in terms:
        title &= Q(title_folded__contains=term)
    inside = holding(text, (MEETING, CONCLUSIONS))
    readable = Q(pk__in=visible_meetings(user).order_by().values("pk"))
    return title | (readable & Q(public_id__in=inside)) if inside is not None else title


def ordered(meetings: QuerySet[Meeting], order: str) -> QuerySet[Meeting]:
    """Return the meetings in the order asked for, or as they come."""
    return meetings.order_by(ORDERS[order], "pk") if order in ORDERS else meetings


def counts_by_state(meetings: QuerySet[Meeting]) -> dict[str, int]:
    """Return how many of the meetings stand in each state."""
    return dict(meetings.order_by().values_list("state").annotate(n=Count("pk")))


def units_to_choose(user: User, tab: str, now: datetime) -> QuerySet[Agency]:
    """Return the units that chair a meeting of the tab."""
    return chairing_units(in_tab(user, tab, now))


def with_rows(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """Return the meetings with what a line shows."""
    return meetings.select_related("agency", "chairing_unit", "room", "kind_row")
