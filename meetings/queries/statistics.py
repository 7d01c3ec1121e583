"""Attendance over a period, per person and per unit: counted in SQL from meetings that were held."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Aggregate, BigIntegerField, Count, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, Greatest

from meetings.models import Participant, Turn
from meetings.rights import APPROVE, PREPARE
from people.models import User
from people.queries import agencies_with_right, called
from people.tree import agencies_called, first_posts

CAME = Q(checked_in_at__isnull=False)
COUNTS = {
    "invited": Count("pk"),
    "accepted": Count("pk", filter=Q(reply="accepted")),
    "attended": Count("pk", filter=CAME),
    "late": Count("pk", filter=CAME & Q(checked_in_at__gt=Greatest("meeting__opened_at", "meeting__starts_at"))),
    "delegated": Count("pk", filter=~CAME & Q(reply="delegated")),
    "excused": Count("pk", filter=~CAME & Q(reply__in=("excused", "absent"))),
    "missing": Count("pk", filter=~CAME & Q(reply__in=("none", "accepted", "asked", "refused"))),
    "turns": Coalesce(Sum("turns_held"), 0),
    "spoken_ms": Coalesce(Sum("ms_held"), 0, output_field=BigIntegerField()),
}


@dataclass(frozen=True)
class Span:
    """What is counted: meetings that began between two instants, of one kind or of all."""

    start: datetime
    end: datetime
    kind: str = ""


def counted_agencies(user: User) -> list[int]:
    """Return the agencies whose meetings the person may see the attendance of: as clerk or leader."""
    return sorted({agency for right in (PREPARE, APPROVE) for agency in agencies_with_right(user, right)})


def attendances(user: User, span: Span, *, own: bool = False) -> QuerySet[Participant]:
    """Return the places in held meetings that may be counted: one's own, or all of one's agencies."""
    held = Participant.objects.filter(
        removed_at__isnull=True,
        meeting__state="closed",
        meeting__starts_at__gte=span.start,
        meeting__starts_at__lt=span.end,
    )
    held = held.filter(meeting__kind=span.kind) if span.kind else held
    held = held.filter(user=user) if own else held.filter(meeting__agency_id__in=counted_agencies(user))
    return held.annotate(turns_held=_of_turns(Count("pk")), ms_held=_of_turns(Sum("used_ms")))


def _of_turns(figure: Aggregate) -> Subquery:
    """Return a figure of the turns of the outer query's participant; its own query, so that it multiplies nothing."""
    mine = Turn.objects.filter(participant=OuterRef("pk")).order_by().values("participant")
    return Subquery(mine.annotate(figure=figure).values("figure"), output_field=BigIntegerField())


def per_person(places: QuerySet[Participant], text: str = "") -> Any:
    """Return the counts of each person, by given name."""
    places = places.filter(called(text, "user__name_folded"))
    named = places.values("user_id", name=F("user__full_name"), sort=F("user__sort_key"))
    return named.annotate(**COUNTS).order_by("sort", "user_id")


def per_unit(places: QuerySet[Participant], text: str = "") -> Any:
    """Return the counts of each unit: the one that named the person, else that of the person's first post."""
    first = Subquery(first_posts("user").values("agency_id")[:1])
    by_unit = places.annotate(of_unit=Coalesce(F("unit__agency_id"), first, output_field=BigIntegerField()))
    if text:
        by_unit = by_unit.filter(of_unit__in=agencies_called(text).values("pk"))
    name = Subquery(agencies_called().filter(pk=OuterRef("of_unit")).order_by().values("name")[:1])
    return by_unit.annotate(name=name).values("of_unit", "name").annotate(**COUNTS).order_by("name", "of_unit")


def totals(places: QuerySet[Participant]) -> dict[str, int]:
    """Return the counts of everybody together."""
    return {key: value or 0 for key, value in places.aggregate(**COUNTS).items()}
