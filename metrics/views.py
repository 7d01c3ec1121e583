"""The figures on screen: a dashboard, and each figure opened down to its documents."""

from typing import TypedDict

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.views.decorators.http import require_GET, require_POST

from metrics import rules
from metrics.actions.snapshots import freeze as freeze_figure
from metrics.chart import Bar, bars
from metrics.exports import MEDIA_TYPES, WRITERS
from metrics.figures import Figure, facts_of, figures
from metrics.periods import Calendar, Period, UnknownPeriod, month_of, months_back, parse_period
from metrics.queries import evidence, get_visible_figure_agency, visible_figure_agencies, visible_snapshots
from people.models import Agency
from people.requests import person

PAGE = 50
SIDES = ("numerator", "denominator", "missing")


class Tile(TypedDict):
    """One indicator as the dashboard shows it."""

    figure: Figure
    name: str
    chart: str


@require_GET
@login_required
def dashboard(request: HttpRequest) -> HttpResponse:
    """Every indicator of one agency and period, with the six months before."""
    agencies = list(visible_figure_agencies(person(request)))
    code = request.GET.get("agency") or (agencies[0].code if agencies else "")
    if not code:
        return render(request, "metrics/dashboard.html", {"agencies": agencies})
    agency = get_visible_figure_agency(person(request), code)
    calendar = _calendar(request)
    period = _period(request.GET.get("period") or month_of(timezone.localdate(), calendar).name, calendar)
    context = {
        "agencies": agencies,
        "agency": agency,
        "period": period,
        "tiles": _tiles(agency, period),
        "months": months_back(month_of(timezone.localdate(), calendar), 12)[::-1],
        "calendars": list(Calendar),
        "snapshots": visible_snapshots(person(request)).filter(agency=agency)[:10],
    }
    return render(request, "metrics/dashboard.html", context)


@require_GET
@login_required
def detail(request: HttpRequest, agency: str, period: str, code: str) -> HttpResponse:
    """One figure, opened down to what it counts."""
    body = get_visible_figure_agency(person(request), agency)
    figure = _figure(body, _period(period, _calendar(request)), code)
    side = request.GET.get("side", "numerator")
    if side not in SIDES:
        raise Http404
    page = Paginator(facts_of(figure, body, side=side), PAGE).get_page(request.GET.get("page"))
    language = translation.get_language() or "vi"
    context = {
        "agency": body,
        "figure": figure,
        "name": figure.indicator.name_in(language),
        "exclusions": figure.indicator.exclusions_in(language),
        "side": side,
        "page": page,
        "rows": evidence(person(request), list(page.object_list)),
        "may_freeze": rules.may_freeze(person(request), body),
    }
    return render(request, "metrics/detail.html", context)


@require_POST
@login_required
def freeze(request: HttpRequest, agency: str, period: str, code: str) -> HttpResponse:
    """Keep the figure as evidence."""
    body = get_visible_figure_agency(person(request), agency)
    figure = _figure(body, _period(period, _calendar(request)), code)
    freeze_figure(body, figure=figure, by=person(request), at=timezone.now())
    return redirect(f"/figures/?agency={body.code}&period={period}&calendar={figure.period.calendar}#snapshots")


@require_GET
@login_required
def export(request: HttpRequest, agency: str, period: str, suffix: str) -> HttpResponse:
    """The same file `export_metrics` writes."""
    if suffix not in WRITERS:
        raise Http404
    body = get_visible_figure_agency(person(request), agency)
    span = _period(period, _calendar(request))
    content = WRITERS[suffix](body, span.name, figures(body, span))
    name = f"{body.code}-{span.name}-{span.calendar}.{suffix}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=MEDIA_TYPES[suffix], headers=headers)


def _calendar(request: HttpRequest) -> Calendar:
    asked = request.GET.get("calendar") or request.POST.get("calendar") or "calendar"
    if asked not in list(Calendar):
        raise Http404
    return Calendar(asked)


def _period(name: str, calendar: Calendar) -> Period:
    try:
        return parse_period(name, calendar)
    except UnknownPeriod as problem:
        raise Http404 from problem


def _figure(agency: Agency, period: Period, code: str) -> Figure:
    for figure in figures(agency, period):
        if figure.indicator.code == code:
            return figure
    raise Http404


def _tiles(agency: Agency, period: Period) -> list[Tile]:
    language = translation.get_language() or "vi"
    history = [figures(agency, month) for month in months_back(month_of(period.end, period.calendar), 6)]
    return [
        Tile(figure=figure, name=figure.indicator.name_in(language), chart=_chart(figure, history, language))
        for figure in figures(agency, period)
    ]


def _chart(figure: Figure, history: list[list[Figure]], language: str) -> str:
    rows = [
        Bar(label=past.period.name[5:], value=past.value)
        for month in history
        for past in month
        if past.indicator.code == figure.indicator.code
    ]
    return bars(figure.indicator.name_in(language), rows)
