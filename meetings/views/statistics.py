"""Attendance over a period, per person and per unit; those who prepare meetings see their agency, others themselves."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from meetings.floor import clock
from meetings.kinds import all_kinds
from meetings.labels import language
from meetings.queries.statistics import Span, attendances, counted_agencies, per_person, per_unit, totals
from meetings.views.roll import file_answer
from people.queries import today
from people.requests import person
from ui.sheets import as_xlsx

PER_PAGE = 50
BY = ("person", "unit")


def day_of(text: str, otherwise: date) -> date:
    """Return the day written day first or in the browser's way, else the usual one."""
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            found = datetime.strptime(text.strip(), form).date()  # noqa: DTZ007
        except ValueError:
            continue
        return found if 2000 <= found.year <= 2100 else otherwise
    return otherwise


def columns() -> list[tuple[str, str]]:
    """Return what is counted, in the words of the table's head."""
    return [
        ("invited", pgettext("attendance", "Invited")),
        ("accepted", pgettext("attendance", "Accepted")),
        ("attended", pgettext("attendance", "Attended")),
        ("late", pgettext("attendance", "Late")),
        ("delegated", pgettext("attendance", "Substitute sent")),
        ("excused", pgettext("attendance", "Absent with reason")),
        ("missing", pgettext("attendance", "Absent without reason")),
        ("turns", pgettext("speech", "Turns")),
        ("spoken", _("Time used")),
    ]


def kinds() -> list[tuple[str, str]]:
    """Return every kind of meeting once."""
    return list({kind.code: kind.name(language()) for kind in all_kinds()}.items())


def midnight(day: date) -> datetime:
    """Return the first instant of a legal day."""
    return timezone.make_aware(datetime.combine(day, time.min))


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The counts of a period, on screen or as a workbook."""
    user, now = person(request), today()
    start = day_of(request.GET.get("from", ""), now.replace(month=1, day=1))
    end = max(start, day_of(request.GET.get("to", ""), now))
    kind = next((code for code, _label in kinds() if code == request.GET.get("kind")), "")
    for_agency = bool(counted_agencies(user)) and request.GET.get("whose") != "own"
    by = request.GET.get("by", "") if request.GET.get("by") in BY and for_agency else "person"
    places = attendances(user, Span(midnight(start), midnight(end + timedelta(days=1)), kind), own=not for_agency)
    words = request.GET.get("q", "").strip()[:100]
    rows = per_unit(places, words) if by == "unit" else per_person(places, words)
    if request.GET.get("format") == "xlsx":
        return workbook(rows, by)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": [line(row) for row in page],
        "columns": columns(),
        "together": line({"name": "", **totals(places)}),
        "start": start,
        "end": end,
        "kind": kind,
        "kinds": kinds(),
        "by": by,
        "q": words,
        "for_agency": for_agency,
        "may_see_agency": bool(counted_agencies(user)),
    }
    return render(request, "meetings/statistics.html", context)


def figure(row: dict[str, Any], key: str) -> int | str:
    """Return what stands in a cell; a time as a clock shows it."""
    return clock(row["spoken_ms"]) if key == "spoken" else int(row[key])


def line(row: dict[str, Any]) -> dict[str, Any]:
    """Return one row with its cells and the share of meetings attended."""
    share = round(100 * row["attended"] / row["invited"]) if row["invited"] else 0
    cells = [(label, figure(row, key)) for key, label in columns()]
    return {"name": row["name"] or "–", "cells": cells, "share": share, "attended": row["attended"]} | {
        "invited": row["invited"]
    }


def workbook(rows: Any, by: str) -> HttpResponse:
    """Return all rows as a workbook."""
    head = [_("Unit") if by == "unit" else _("Full name"), *[label for _key, label in columns()]]
    cells = [[row["name"] or "–", *[figure(row, key) for key, _label in columns()]] for row in rows]
    return file_answer(as_xlsx(_("Attendance"), head, cells), _("attendance"), "xlsx")
