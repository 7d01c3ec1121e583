"""What the dashboard shows of a period: each indicator with the months before, and the periods to choose from."""

from dataclasses import dataclass
from datetime import date

from django.template.defaultfilters import floatformat
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from metrics.catalogue import Indicator
from metrics.chart import NOTHING, Bar, bars
from metrics.figures import Figure, figures_over
from metrics.labels import period_label
from metrics.periods import Calendar, Period, back, month_of, period_of
from people.models import Agency

MONTHS_SHOWN = 6
# How many periods of each length are offered, with the name of the kind.
OFFERED: dict[int, tuple[int, Promise]] = {
    1: (12, _("Month")),
    3: (4, _("Quarter")),
    6: (2, _("Half")),
    12: (2, _("Year")),
}


@dataclass(frozen=True)
class Tile:
    """One indicator as the dashboard shows it."""

    figure: Figure
    name: str
    chart: SafeString


@dataclass(frozen=True)
class Choices:
    """Periods of one length."""

    label: Promise
    periods: list[tuple[str, str]]


def name_of(indicator: Indicator) -> str:
    """Return the indicator's name in the active language."""
    return indicator.name_in(get_language() or "vi")


def tiles(agency: Agency, period: Period, *, today: date) -> list[Tile]:
    """Return every indicator of the period with the months that lead up to it, in one query."""
    last = month_of(max(period.start, min(period.end, today)), period.calendar)
    now, *history = figures_over(agency, [period, *back(last, MONTHS_SHOWN)])
    return [Tile(figure, name_of(figure.indicator), _chart(figure, history)) for figure in now]


def choices(calendar: Calendar, chosen: Period, *, today: date) -> list[Choices]:
    """Return the latest periods of each length, newest first, and the chosen one if it is older."""
    return [_choices(months, calendar, chosen, today) for months in OFFERED]


def _choices(months: int, calendar: Calendar, chosen: Period, today: date) -> Choices:
    count, label = OFFERED[months]
    found = back(period_of(today, months, calendar), count)[::-1]
    if chosen.months == months and chosen.name not in {one.name for one in found}:
        found.append(chosen)
    return Choices(label, [(one.name, period_label(one)) for one in found])


def _chart(figure: Figure, history: list[list[Figure]]) -> SafeString:
    rows = [
        Bar(f"{past.period.first:02d}/{past.period.year % 100:02d}", past.value, written(past))
        for month in history
        for past in month
        if past.indicator.code == figure.indicator.code
    ]
    return mark_safe(bars(name_of(figure.indicator), rows))  # every text in it is escaped


def written(figure: Figure) -> str:
    """Return the figure's value as it is written in the active language."""
    return NOTHING if figure.value is None else str(floatformat(figure.value, -1))
