"""Rebuilding facts from transitions: what is stored must be what the rules give."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db import transaction

from ledger.facts import facts_of
from ledger.models import Fact, Transition

Key = tuple[str, str]


@dataclass
class Difference:
    """Facts that are missing, that nothing accounts for, or that say something else than the rules."""

    transitions: int = 0
    facts: int = 0
    missing: int = 0
    extra: int = 0
    different: int = 0

    def __bool__(self) -> bool:
        return bool(self.missing or self.extra or self.different)


def compare() -> Difference:
    """Return how the stored facts differ from what the rules give now."""
    return sweep(repair=False)


def rebuild() -> Difference:
    """Make the stored facts what the rules give; return what differed before."""
    with transaction.atomic():
        return sweep(repair=True)


def sweep(*, repair: bool) -> Difference:
    """Go through all objects that have transitions or facts, type by type."""
    found = Difference()
    types = {*Transition.objects.values_list("object_type", flat=True).distinct()}
    types |= {*Fact.objects.values_list("object_type", flat=True).distinct()}
    for object_type in sorted(types):
        for due, stored in by_object(object_type, found):
            settle(due, stored, found, repair=repair)
    return found


def by_object(object_type: str, found: Difference) -> Iterator[tuple[dict[Key, Fact], dict[Key, Fact]]]:
    """Return, object by object, the facts that are due and those that are stored."""
    transitions = Transition.objects.filter(object_type=object_type).order_by("object_id", "id")
    facts = Fact.objects.filter(object_type=object_type).order_by("object_id", "id")
    for moves, stored in side_by_side(transitions.iterator(), facts.iterator()):
        found.transitions += len(moves)
        due: dict[Key, Fact] = {}
        for fact in (fact for move in moves for fact in facts_of(move)):
            due.setdefault((fact.name, fact.subject), fact)
        found.facts += len(due)
        yield due, {(fact.name, fact.subject): fact for fact in stored}


def side_by_side(left: Iterable[Any], right: Iterable[Any]) -> Iterator[tuple[list[Any], list[Any]]]:
    """Merge two runs of rows, both ascending by `object_id`, into pairs of groups."""
    lefts, rights = groups(left), groups(right)
    one, other = next(lefts, None), next(rights, None)
    while one or other:
        object_id = min(group[0] for group in (one, other) if group)
        yield (
            one[1] if one and one[0] == object_id else [],
            other[1] if other and other[0] == object_id else [],
        )
        one = next(lefts, None) if one and one[0] == object_id else one
        other = next(rights, None) if other and other[0] == object_id else other


def groups(rows: Iterable[Any]) -> Iterator[tuple[UUID, list[Any]]]:
    """Return runs of rows of one object."""
    for object_id, group in groupby(rows, key=lambda row: row.object_id):
        yield object_id, list(group)


def settle(due: dict[Key, Fact], stored: dict[Key, Fact], found: Difference, *, repair: bool) -> None:
    """Count how one object's facts differ, and put them right if asked."""
    missing = [fact for key, fact in due.items() if key not in stored]
    extra = [fact for key, fact in stored.items() if key not in due]
    different = [(fact, due[key]) for key, fact in stored.items() if key in due and content(fact) != content(due[key])]
    found.missing += len(missing)
    found.extra += len(extra)
    found.different += len(different)
    if repair and (missing or extra or different):
        gone = [*extra, *(old for old, _ in different)]
        Fact.objects.filter(pk__in=[fact.pk for fact in gone]).delete()
        Fact.objects.bulk_create([*missing, *(new for _, new in different)])


def content(fact: Fact) -> tuple[Any, ...]:
    """Return what a fact says besides its key."""
    return fact.agency_id, fact.day, fact.at, fact.attributes
