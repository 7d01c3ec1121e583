"""Computing indicators from facts, and opening them down to the facts they count."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count as CountOf
from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from ledger.models import Fact
from metrics.catalogue import Count, Indicator, in_force
from metrics.periods import Period
from metrics.ratio import percent
from people.models import Agency

Row = dict[str, Any]


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

    @property
    def missing(self) -> int:
        """How many were counted and did not reach it."""
        return self.denominator - self.numerator


def figures(agency: Agency, period: Period) -> list[Figure]:
    """Return every indicator in force at the period's end, in one query."""
    return figures_over(agency, [period])[0]


def figures_over(agency: Agency, periods: Sequence[Period]) -> list[list[Figure]]:
    """Return the figures of several periods, all in one query."""
    wanted = [in_force(period.end) for period in periods]
    counts = {count for indicators in wanted for indicator in indicators for count in indicator.counts}
    rows = _tallies(agency, counts, min(one.start for one in periods), max(one.end for one in periods))
    return [_figures(period, indicators, rows) for period, indicators in zip(periods, wanted, strict=True)]


def facts_of(figure: Figure, agency: Agency, *, side: str) -> QuerySet[Fact]:
    """Return the facts behind a figure's `numerator`, `denominator`, or `missing` (denominator without numerator)."""
    facts = _facts(agency, figure.indicator.counts)
    inside = facts.filter(_filter(figure.indicator.numerator, figure.period))
    if side == "numerator":
        return inside.order_by("day", "id")
    whole = facts.filter(_filter(figure.indicator.denominator, figure.period))
    return (whole.exclude(pk__in=inside.values("pk")) if side == "missing" else whole).order_by("day", "id")


def _figures(period: Period, indicators: Iterable[Indicator], rows: Iterable[Row]) -> list[Figure]:
    inside = [row for row in rows if period.start <= row["day"] <= period.end]
    return [
        Figure(one, period, _sum(one.numerator, period, inside), _sum(one.denominator, period, inside))
        for one in indicators
    ]


def _sum(count: Count, period: Period, rows: Iterable[Row]) -> int:
    return sum(row["facts"] for row in rows if _counts(row, count, period.end))


def _counts(row: Row, count: Count, end: date) -> bool:
    """Does the definition count these facts? `_filter` says the same in SQL."""
    if row["name"] != count.fact or not all(_same(row[_attribute(key)], value) for key, value in count.where):
        return False
    undone = row[_undone(count.unless)] if count.unless else None
    return undone is None or undone > end


def _same(found: object, wanted: object) -> bool:
    """In JSON true is not 1."""
    return type(found) is type(wanted) and found == wanted


def _filter(count: Count, period: Period) -> Q:
    """Return the filter of the facts a definition counts in a period; what is undone by its end does not count."""
    wanted = Q(name=count.fact, day__range=(period.start, period.end))
    wanted &= Q(**{f"attributes__{key}": value for key, value in count.where})
    if count.unless:
        undone = _undone(count.unless)
        wanted &= Q(**{f"{undone}__isnull": True}) | Q(**{f"{undone}__gt": period.end})
    return wanted


def _tallies(agency: Agency, counts: Iterable[Count], start: date, end: date) -> list[Row]:
    """Return how many facts there are of each name, day, and whatever else the definitions ask about."""
    counts = list(counts)
    attributes = {_attribute(key): F(f"attributes__{key}") for count in counts for key, _ in count.where}
    undone = [_undone(count.unless) for count in counts if count.unless]
    facts = _facts(agency, counts).filter(day__range=(start, end)).order_by()
    return list(facts.values("name", "day", *dict.fromkeys(undone), **attributes).annotate(facts=CountOf("pk")))


def _facts(agency: Agency, counts: Iterable[Count]) -> QuerySet[Fact]:
    """Return the agency's facts that could count, each with the day its object was undone."""
    counts = list(counts)
    facts = Fact.objects.filter(agency_id=agency.pk, name__in={count.fact for count in counts})
    return facts.annotate(**{_undone(name): _first_day(name) for name in {count.unless for count in counts} if name})


def _attribute(key: str) -> str:
    return f"is_{key}"


def _undone(fact_name: str) -> str:
    return f"on_{fact_name.replace('.', '_')}"


def _first_day(fact_name: str) -> Subquery:
    """Return the day the object's fact of this name fell on."""
    same = Fact.objects.filter(name=fact_name, object_type=OuterRef("object_type"), object_id=OuterRef("object_id"))
    return Subquery(same.order_by("day").values("day")[:1])
