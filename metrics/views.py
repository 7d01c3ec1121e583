"""The figures on screen: a dashboard, each figure opened down to its documents, figures frozen as evidence."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from metrics import rules
from metrics.actions.snapshots import freeze as freeze_figure
from metrics.catalogue import definition
from metrics.exports import MEDIA_TYPES, WRITERS
from metrics.figures import Figure, facts_of, figures
from metrics.frozen import frozen_bytes, is_intact
from metrics.labels import period_label
from metrics.periods import Calendar, Period, UnknownPeriod, month_of, parse_period, stepped
from metrics.queries import (
    evidence,
    get_visible_figure_agency,
    get_visible_snapshot,
    listed_evidence,
    visible_figure_agencies,
    visible_snapshots,
)
from metrics.tiles import choices, name_of, tiles
from people.models import Agency
from people.queries import acting_post, today
from people.requests import person

PAGE = 50
SNAPSHOTS_SHOWN = 20
SIDES = ("numerator", "denominator", "missing")


@login_required
@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """Every indicator of one agency and period, with the six months before."""
    user = person(request)
    agencies = list(visible_figure_agencies(user))
    if not agencies:
        return render(request, "metrics/dashboard.html", {})
    agency = _agency(request, agencies)
    calendar = _calendar(request.GET.get("calendar"))
    asked = request.GET.get("period", "")
    period = _known(asked, calendar) or month_of(today(), calendar)
    context = {
        "agencies": agencies,
        "agency": agency,
        "period": period,
        "label": period_label(period),
        "unknown": asked if asked and asked != period.name else "",
        "before": stepped(period, -1),
        "after": stepped(period, 1),
        "tiles": tiles(agency, period, today=today()),
        "choices": choices(calendar, period, today=today()),
        "snapshots": visible_snapshots(user).filter(agency=agency)[:SNAPSHOTS_SHOWN],
    }
    return render(request, "metrics/dashboard.html", context)


@login_required
@require_safe
def detail(request: HttpRequest, agency: str, period: str, code: str) -> HttpResponse:
    """One figure, opened down to what it counts."""
    user = person(request)
    body = get_visible_figure_agency(user, agency)
    figure = _figure(body, _period(period, _calendar(request.GET.get("calendar"))), code)
    side = request.GET.get("side", "numerator")
    if side not in SIDES:
        raise Http404
    page = Paginator(facts_of(figure, body, side=side), PAGE).get_page(request.GET.get("page"))
    context = {
        "agency": body,
        "figure": figure,
        "label": period_label(figure.period),
        "name": name_of(figure.indicator),
        "exclusions": figure.indicator.exclusions_in(request.LANGUAGE_CODE),
        "side": side,
        "page": page,
        "rows": evidence(user, list(page.object_list)),
        "may_freeze": rules.may_freeze(user, body),
    }
    return render(request, "metrics/detail.html", context)


@login_required
@require_POST
def freeze(request: HttpRequest, agency: str, period: str, code: str) -> HttpResponse:
    """Keep the figure as evidence."""
    body = get_visible_figure_agency(person(request), agency)
    figure = _figure(body, _period(period, _calendar(request.POST.get("calendar"))), code)
    snapshot = freeze_figure(body, figure=figure, by=person(request), at=timezone.now())
    return redirect("metrics:snapshot", snapshot.public_id)


@login_required
@require_safe
def snapshot(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One frozen figure: what it says, whether it still does, and its list."""
    frozen = get_visible_snapshot(person(request), public_id)
    side = request.GET.get("side", "numerator")
    if side not in SIDES[:2]:
        raise Http404
    page = Paginator(frozen.listing[side], PAGE).get_page(request.GET.get("page"))
    period = parse_period(frozen.period, Calendar(frozen.calendar))
    indicator = definition(frozen.indicator, frozen.version)
    context = {
        "name": name_of(indicator) if indicator else frozen.indicator,
        "snapshot": frozen,
        "period": period,
        "label": period_label(period),
        "intact": is_intact(frozen),
        "side": side,
        "page": page,
        "rows": listed_evidence(person(request), page.object_list),
    }
    return render(request, "metrics/snapshot.html", context)


@login_required
@require_safe
def snapshot_file(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The bytes the hash was computed over."""
    frozen = get_visible_snapshot(person(request), public_id)
    name = f"{frozen.agency.code}-{frozen.indicator}-{frozen.period}-{frozen.sha256[:8]}.json"
    return _file(frozen_bytes(frozen), MEDIA_TYPES["json"], name)


@login_required
@require_safe
def export(request: HttpRequest, agency: str, period: str, suffix: str) -> HttpResponse:
    """The same file `export_metrics` writes."""
    if suffix not in WRITERS:
        raise Http404
    body = get_visible_figure_agency(person(request), agency)
    span = _period(period, _calendar(request.GET.get("calendar")))
    content = WRITERS[suffix](body, span.name, figures(body, span))
    return _file(content, MEDIA_TYPES[suffix], f"{body.code}-{span.name}-{span.calendar}.{suffix}")


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=media_type, headers=headers)


def _agency(request: HttpRequest, agencies: list[Agency]) -> Agency:
    """Return the agency asked for, or that of the post the person acts in."""
    if code := request.GET.get("agency"):
        return get_visible_figure_agency(person(request), code)
    post = acting_post(person(request))
    return next((agency for agency in agencies if post and agency.pk == post.agency_id), agencies[0])


def _calendar(asked: str | None) -> Calendar:
    if asked and asked not in list(Calendar):
        raise Http404
    return Calendar(asked or "calendar")


def _known(name: str, calendar: Calendar) -> Period | None:
    try:
        return parse_period(name, calendar)
    except UnknownPeriod:
        return None


def _period(name: str, calendar: Calendar) -> Period:
    period = _known(name, calendar)
    if period is None:
        raise Http404
    return period


def _figure(agency: Agency, period: Period, code: str) -> Figure:
    for figure in figures(agency, period):
        if figure.indicator.code == code:
            return figure
    raise Http404
