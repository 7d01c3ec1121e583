"""The calendar: a week or a month of mine or of my units; the week as the table that hangs on the wall."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from ledger.days import legal_day
from meetings.columns import side_by_side
from meetings.labels import STATES, kind_name
from meetings.models import Meeting
from meetings.queries.calendar import clerk_agencies, day_bounds, mine_between, of_units_between, week_table
from meetings.queries.own import visible_among
from meetings.queries.visible import own_agencies
from meetings.spans import monday, month_grid
from people.models import User
from people.queries import every_agency, today
from people.requests import person
from ui.tones import tone_of

FIRST_HOUR, LAST_HOUR = 7, 18
SHORTEST = 30  # minutes a block is drawn with, so that its title can be read
SHOWN_PER_DAY = 3
NAMES_SHOWN = 6
VIEWS = (("week", _("Week")), ("month", _("Month")))
WEEKDAYS: tuple[Promise, ...] = (
    _("Monday"),
    _("Tuesday"),
    _("Wednesday"),
    _("Thursday"),
    _("Friday"),
    _("Saturday"),
    _("Sunday"),
)


@dataclass(frozen=True)
class Scope:
    """Whose calendar: mine, all my units', or one of them."""

    key: str
    label: "Promise | str"
    agencies: tuple[int, ...] = ()

    def meetings(self, user: User, first: date, last: date) -> QuerySet[Meeting]:
        """Return what the calendar shows from the first day to the last."""
        start, end = day_bounds(first)[0], day_bounds(last)[1]
        if self.key == "me":
            return mine_between(user, start, end)
        return of_units_between(user, self.agencies, start, end)


def scopes_of(user: User) -> list[Scope]:
    """Return the calendars the person may look at."""
    units = list(every_agency().filter(pk__in=own_agencies(user)).order_by("name"))
    mine = Scope("me", _("My calendar"))
    if not units:
        return [mine]
    whole = Scope("unit", _("My unit"), tuple(unit.pk for unit in units))
    single = [Scope(str(unit.public_id), unit.name, (unit.pk,)) for unit in units] if len(units) > 1 else []
    return [mine, whole, *single]


def chosen(scopes: list[Scope], key: str) -> Scope:
    """Return the calendar asked for, mine when it is not one of them."""
    return next((scope for scope in scopes if scope.key == key), scopes[0])


def asked_day(request: HttpRequest) -> date:
    """Return the day of the address, today when it is none or lies out of reach."""
    try:
        day = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return today()
    return day if 1990 <= day.year <= 2200 else today()


@login_required
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """A week or a month, with the way to the next and to another calendar."""
    user = person(request)
    view = "month" if request.GET.get("view") == "month" else "week"
    scopes = scopes_of(user)
    scope, day = chosen(scopes, request.GET.get("of", "")), asked_day(request)
    shown = month_page(user, scope, day) if view == "month" else week_page(user, scope, day)
    context = {
        **shown,
        "view": view,
        "of": scope,
        "today": today(),
        "scopes": [(one, address(view, one.key, day)) for one in scopes],
        "views": [(name, label, address(name, scope.key, day)) for name, label in VIEWS],
        "earlier": address(view, scope.key, shown["before"]),
        "later": address(view, scope.key, shown["after"]),
        "now": address(view, scope.key, today()),
        "print_week": f"{reverse('meetings:week')}?{urlencode({'of': scope.key, 'day': day.isoformat()})}",
        "may_create": bool(clerk_agencies(user)),
        "weekdays": WEEKDAYS,
    }
    return render(request, "meetings/calendar.html", context)


def address(view: str, of: str, day: date) -> str:
    """Return the address of one page of the calendar."""
    return f"?{urlencode({'view': view, 'of': of, 'day': day.isoformat()})}"


# --- a week ---------------------------------------------------------------------------------------


def week_page(user: User, scope: Scope, day: date) -> dict[str, Any]:
    """Return the seven days with their meetings, hour by hour."""
    first = monday(day)
    days = [first + timedelta(days=number) for number in range(7)]
    blocks = cards(user, scope.meetings(user, days[0], days[-1]))
    from_hour, to_hour = hours_of(blocks, days)
    return {
        "days": [day_column(one, blocks, from_hour, to_hour) for one in days],
        "hours": list(range(from_hour, to_hour)),
        "first": days[0],
        "last": days[-1],
        "before": first - timedelta(days=7),
        "after": first + timedelta(days=7),
        "empty": not blocks,
    }


def cards(user: User, meetings: Iterable[Meeting]) -> list[dict[str, Any]]:
    """Return each meeting with its words and where it leads."""
    found = list(meetings)
    whole = visible_among(user, found)
    return [
        {
            "meeting": one,
            "url": reverse("meetings:detail" if one.pk in whole else "meetings:of_unit", args=[one.public_id]),
            "state": STATES[one.state],
            "tone": tone_of(one.state),
            "place": one.where,
            "starts": timezone.localtime(one.starts_at),
            "ends": timezone.localtime(one.ends_at),
        }
        for one in found
    ]


def minutes_in(day: date, at: datetime) -> int:
    """Return how many minutes of the day have passed at that instant, none before it and all after it."""
    start, end = day_bounds(day)
    return int((min(max(at, start), end) - start).total_seconds() // 60)


def hours_of(blocks: list[dict[str, Any]], days: list[date]) -> tuple[int, int]:
    """Return the hours to draw: working hours, and whatever meetings begin earlier or end later."""
    first, last = FIRST_HOUR, LAST_HOUR
    for block in blocks:
        for day in days:
            start, end = span_on(day, block["meeting"])
            if start < end:
                first, last = min(first, start // 60), max(last, -(-end // 60))
    return first, last


def span_on(day: date, meeting: Meeting) -> tuple[int, int]:
    """Return from which minute of the day to which the meeting runs; nothing where both are the same."""
    return minutes_in(day, meeting.starts_at), minutes_in(day, meeting.ends_at)


def runs_on(day: date, meeting: Meeting) -> bool:
    """Does the meeting run on that day?"""
    start, end = span_on(day, meeting)
    return end > start


def day_column(day: date, blocks: list[dict[str, Any]], from_hour: int, to_hour: int) -> dict[str, Any]:
    """Return one day: its meetings with their place in the column, side by side where they overlap."""
    spans = [(block, *span_on(day, block["meeting"])) for block in blocks]
    running = [(block, start, max(end, min(start + SHORTEST, 24 * 60))) for block, start, end in spans if end > start]
    places = side_by_side([(start, end) for _block, start, end in running])
    shown = [
        {**block, "from": start - 60 * from_hour, "long": end - start, "column": column, "columns": columns}
        for (block, start, end), (column, columns) in zip(running, places, strict=True)
    ]
    slots = [{"hour": hour, "at": f"{day.isoformat()}T{hour:02}:00"} for hour in range(from_hour, to_hour)]
    return {"day": day, "name": WEEKDAYS[day.weekday()], "meetings": shown, "slots": slots}


# --- a month --------------------------------------------------------------------------------------


def month_page(user: User, scope: Scope, day: date) -> dict[str, Any]:
    """Return the weeks of the month, each day with its first meetings and how many there are."""
    weeks = month_grid(day.year, day.month)
    blocks = cards(user, scope.meetings(user, weeks[0][0], weeks[-1][-1]))
    first = day.replace(day=1)
    return {
        "weeks": [[month_day(one, day.month, scope, blocks) for one in week] for week in weeks],
        "month": first,
        "before": (first - timedelta(days=1)).replace(day=1),
        "after": (first + timedelta(days=31)).replace(day=1),
        "empty": not blocks,
    }


def month_day(day: date, month: int, scope: Scope, blocks: list[dict[str, Any]]) -> dict[str, Any]:
    """Return one cell of the month."""
    running = [block for block in blocks if runs_on(day, block["meeting"])]
    return {
        "day": day,
        "inside": day.month == month,
        "meetings": running[:SHOWN_PER_DAY],
        "more": max(0, len(running) - SHOWN_PER_DAY),
        "count": len(running),
        "week": address("week", scope.key, day),
    }


# --- the week on the wall -------------------------------------------------------------------------


@login_required
@require_safe
def week(request: HttpRequest) -> HttpResponse:
    """“Lịch công tác tuần”: day by day, morning and afternoon, to be printed or hung up."""
    user = person(request)
    scopes = scopes_of(user)
    asked = request.GET.get("of", "")
    scope = chosen(scopes, asked) if asked else scopes[min(1, len(scopes) - 1)]
    first = monday(asked_day(request))
    context = {
        "days": wall_days(user, scope, first),
        "first": first,
        "last": first + timedelta(days=6),
        "of": scope,
        "unit": every_agency().filter(pk=scope.agencies[0]).first() if len(scope.agencies) == 1 else None,
        "number": first.isocalendar().week,
        "scopes": [(one, wall_address(one.key, first)) for one in scopes],
        "earlier": wall_address(scope.key, first - timedelta(days=7)),
        "later": wall_address(scope.key, first + timedelta(days=7)),
        "back": f"{reverse('meetings:calendar')}{address('week', scope.key, first)}",
    }
    return render(request, "meetings/calendar_week.html", context)


def wall_address(of: str, day: date) -> str:
    """Return the address of one week's table."""
    return f"?{urlencode({'of': of, 'day': day.isoformat()})}"


def wall_days(user: User, scope: Scope, first: date) -> list[dict[str, Any]]:
    """Return the days of the week with morning and afternoon; a weekend without meetings is left out."""
    start, end = day_bounds(first)[0], day_bounds(first + timedelta(days=6))[1]
    found = week_table(user, scope.agencies, start, end, alone=scope.key == "me")
    rows: dict[date, dict[str, list[dict[str, Any]]]] = {}
    for meeting in found:
        starts = timezone.localtime(meeting.starts_at)
        half = "morning" if starts.hour < 12 else "afternoon"
        rows.setdefault(max(legal_day(meeting.starts_at), first), {}).setdefault(half, []).append(wall_row(meeting))
    days = [first + timedelta(days=number) for number in range(7)]
    return [wall_day(day, rows.get(day, {})) for day in days if day.weekday() < 5 or day in rows]


def wall_day(day: date, halves: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    """Return one day of the table."""
    named = [(_("Morning"), halves.get("morning", [])), (_("Afternoon"), halves.get("afternoon", []))]
    lines = sum(max(1, len(rows)) for _name, rows in named)
    return {"day": day, "name": WEEKDAYS[day.weekday()], "halves": named, "lines": lines}


def wall_row(meeting: Meeting) -> dict[str, Any]:
    """Return one meeting of the table: hour, content, chair, people of the unit, place."""
    people = getattr(meeting, "people_shown", [])
    chair = next((place.user.full_name for place in people if place.role == "chair"), "")
    names = [place.user.full_name for place in people if place.role != "chair"]
    return {
        "meeting": meeting,
        "starts": timezone.localtime(meeting.starts_at),
        "kind": kind_name(meeting),
        "chair": chair,
        "names": names[:NAMES_SHOWN],
        "others": max(0, len(names) - NAMES_SHOWN),
        "place": meeting.where,
    }
