"""Computing indicators from facts, and opening them down to the facts they count."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count as CountOf
from django.db.models import Q, QuerySet

from ledger.models import Fact
from metrics.catalogue import Count, Indicator, in_force
from metrics.periods import Period
from metrics.ratio import percent
from people.models import Agency


@dataclass(frozen=True)
class Figure:
    """The value of one indicator for one agency and period."""

    indicator: Indicator
    period: Period
    numerator: int
    denominator: int

    @property
    def value(self) -> Decimal | None:
        """The value in the indicator's unit; None when there was nothing to measure."""
        return percent(self.numerator, self.denominator)


def counted(count: Count) -> Q:
    """Return the filter of the facts a definition counts."""
    return Q(name=count.fact) & Q(**{f"attributes__{key}": value for key, value in count.where.items()})


def facts_in(agency: Agency, period: Period) -> QuerySet[Fact]:
    """Return the facts of one agency in one period."""
    return Fact.objects.filter(agency_id=agency.pk, day__range=(period.start, period.end))


def figures(agency: Agency, period: Period) -> list[Figure]:
    """Return every indicator in force at the period's end, in one query."""
    indicators = in_force(period.end)
    counts: dict[str, CountOf] = {}
    for place, indicator in enumerate(indicators):
        counts[f"n{place}"] = CountOf("pk", filter=counted(indicator.numerator))
        counts[f"d{place}"] = CountOf("pk", filter=counted(indicator.denominator))
    row = facts_in(agency, period).aggregate(**counts)
    return [Figure(indicator, period, row[f"n{place}"], row[f"d{place}"]) for place, indicator in enumerate(indicators)]


def facts_of(figure: Figure, agency: Agency, *, side: str) -> QuerySet[Fact]:
    """Return the facts behind a figure's `numerator`, `denominator`, or `missing` (denominator without numerator)."""
    facts = facts_in(agency, figure.period)
    inside = counted(figure.indicator.numerator)
    if side == "numerator":
        return facts.filter(inside).order_by("day", "id")
    whole = facts.filter(counted(figure.indicator.denominator))
    return (whole.exclude(inside) if side == "missing" else whole).order_by("day", "id")
