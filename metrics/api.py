"""Figures over the API: the same numbers `export_metrics` writes."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Path, Router, Schema

from ledger.verdict import Unseen
from metrics.exports import as_data
from metrics.figures import figures
from metrics.periods import Calendar, UnknownPeriod, parse_period
from metrics.queries import get_visible_figure_agency
from people.requests import person

router = Router(tags=["figures"])
PeriodName = Annotated[str, Path(pattern=r"^\d{4}(-((0[1-9]|1[0-2])|Q[1-4]|H[12]))?$", examples=["2026-11"])]


class IndicatorValue(Schema):
    """One indicator; `value` is null when there was nothing to measure."""

    code: str
    version: int
    value: float | None
    numerator: int
    denominator: int
    unit: str


class Figures(Schema):
    """The figures of one agency and period."""

    agency: str
    period: str
    indicators: list[IndicatorValue]


@router.get("/figures/{agency}/{period}", response=Figures)
def agency_figures(
    request: HttpRequest, agency: str, period: PeriodName, calendar: Calendar = Calendar.CALENDAR
) -> dict[str, Any]:
    """Return every indicator in force for one agency and period (2026-11, 2026-Q4, 2026-H2, 2026)."""
    body = get_visible_figure_agency(person(request), agency)
    try:
        span = parse_period(period, calendar)
    except UnknownPeriod as problem:
        raise Unseen(period) from problem
    return as_data(body, span.name, figures(body, span))
