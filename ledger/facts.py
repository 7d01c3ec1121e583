"""Facts as a pure function of transitions: upper packages register the rules, a rebuild must agree."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ledger.days import legal_day
from ledger.models import Fact, Transition


@dataclass(frozen=True)
class FactDraft:
    """One fact a transition gives; `subject` tells several facts of one name and object apart."""

    name: str
    subject: str = ""
    attributes: Mapping[str, Any] = field(default_factory=dict)


FactRule = Callable[[Transition], Iterable[FactDraft]]
_rules: dict[tuple[str, str], list[FactRule]] = defaultdict(list)


def fact_rule(object_type: str, target: str) -> Callable[[FactRule], FactRule]:
    """Register a rule for transitions of `object_type` (label_lower) into state `target`."""

    def register(rule: FactRule) -> FactRule:
        if rule not in _rules[object_type, target]:
            _rules[object_type, target].append(rule)
        return rule

    return register


def facts_of(transition: Transition) -> Iterator[Fact]:
    """Return the unsaved facts of one transition."""
    for rule in _rules.get((transition.object_type, transition.target), ()):
        for draft in rule(transition):
            yield Fact(
                name=draft.name,
                agency_id=transition.agency_id,
                object_type=transition.object_type,
                object_id=transition.object_id,
                subject=draft.subject,
                day=legal_day(transition.at),
                at=transition.at,
                attributes=dict(draft.attributes),
            )


def write_facts(transitions: Iterable[Transition]) -> None:
    """Store the facts of new transitions; the first one of a kind stands (the constraint names it)."""
    drafts = [fact for transition in transitions for fact in facts_of(transition)]
    if drafts:
        Fact.objects.bulk_create(drafts, ignore_conflicts=True)
