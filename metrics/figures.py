"""Computing indicators from facts, and opening them down to the facts they count."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count as CountOf
from django.db.models import OuterRef, Q, QuerySet, Subquery

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

    @property
    def missing(self) -> int:
        """How many were counted and did not reach it."""
        return self.denominator - self.numerator


def figures(agency: Agency, period: Period) -> list[Figure]:
    """Return every indicator in force at the period's end, in one query."""
    return figures_over(agency, [period])[0]


def figures_over(agency: Agency, periods: Sequence[Period]) -> list[list[Figure]]:
    """Return the figures of several periods, all in one query."""
    asked = [(period, indicator) for period in periods for indicator in in_force(period.end)]
    counts: dict[str, CountOf] = {}
    for place, (period, indicator) in enumerate(asked):
        counts[f"n{place}"] = CountOf("pk", filter=counted(indicator.numerator, period))
        counts[f"d{place}"] = CountOf("pk", filter=counted(indicator.denominator, period))
    row = _facts(agency, [count for _, one in asked for count in one.counts]).aggregate(**counts)
    found = [Figure(one, period, row[f"n{at}"], row[f"d{at}"]) for at, (period, one) in enumerate(asked)]
    return [[figure for figure in found if figure.period is period] for period in periods]


def counted(count: Count, period: Period) -> Q:
    """Return the filter of the facts a definition counts in a period; what is undone by its end does not count."""
    wanted = Q(name=count.fact, day__range=(period.start, period.end))
    wanted &= Q(**{f"attributes__{key}": value for key, value in count.where.items()})
    if count.unless:
        undone = _undone(count.unless)
        wanted &= Q(**{f"{undone}__isnull": True}) | Q(**{f"{undone}__gt": period.end})
    return wanted


def facts_of(figure: Figure, agency: Agency, *, side: str) -> QuerySet[Fact]:
    """Return the facts behind a figure's `numerator`, `denominator`, or `missing` (denominator without numerator)."""
    facts = _facts(agency, figure.indicator.counts)
    inside = facts.filter(counted(figure.indicator.numerator, figure.period))
    if side == "numerator":
        return inside.order_by("day", "id")
    whole = facts.filter(counted(figure.indicator.denominator, figure.period))
    return (whole.exclude(pk__in=inside.values("pk")) if side == "missing" else whole).order_by("day", "id")


def _facts(agency: Agency, counts: Iterable[Count]) -> QuerySet[Fact]:
    """Return the agency's facts that could count, each with the day its object was undone."""
    counts = list(counts)
    facts = Fact.objects.filter(agency_id=agency.pk, name__in={count.fact for count in counts})
    return facts.alias(**{_undone(name): _first_day(name) for name in {count.unless for count in counts} if name})


def _undone(fact_name: str) -> str:
    return f"on_{fact_name.replace('.', '_')}"


def _first_day(fact_name: str) -> Subquery:
    """Return the day the object's fact of this name fell on."""
    same = Fact.objects.filter(name=fact_name, object_type=OuterRef("object_type"), object_id=OuterRef("object_id"))
    return Subquery(same.order_by("day").values("day")[:1])
