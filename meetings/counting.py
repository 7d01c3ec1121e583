"""Counting a named vote: counts, shares of all members, and the outcome with its arithmetic as data. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

BASES = ("all", "present", "cast")
THRESHOLDS = ("more_than", "at_least", "everyone", "number")


@dataclass(frozen=True)
class Threshold:
    """How many carrying votes are enough: a share of the base, everyone, or a plain number (`numerator`)."""

    kind: str
    numerator: int = 1
    denominator: int = 2

    def needed(self, base: int) -> int:
        """Return the smallest number of carrying votes that is enough."""
        if self.kind == "more_than":
            return base * self.numerator // self.denominator + 1
        if self.kind == "at_least":
            return -(-base * self.numerator // self.denominator)
        return base if self.kind == "everyone" else self.numerator


@dataclass(frozen=True)
class Rule:
    """What a vote is measured against: `base` is all members, those present, or the ballots cast."""

    base: str
    threshold: Threshold
    carrying: str

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Rule":
        """Read a rule as kinds.json and `Vote.rule` keep it."""
        threshold = data["threshold"]
        share = threshold.get("share", (threshold.get("number", 1), 1))
        return cls(data["base"], Threshold(threshold["kind"], int(share[0]), int(share[1])), data["carrying"])


@dataclass(frozen=True)
class Roll:
    """How many were entitled, how many were there when the vote opened, and how many who came later answered."""

    members: int
    present: int
    late: int = 0

    @property
    def there(self) -> int:
        """Everybody who was in the room for this vote."""
        return self.present + self.late


@dataclass(frozen=True)
class Result:
    """What is fixed when a vote closes; `unanswered` were present and pressed nothing."""

    members: int
    present: int
    late: int
    absent: int
    cast: int
    unanswered: int
    counts: dict[str, int]
    shares: dict[str, str]
    base: int
    needed: int
    reached: int
    carried: bool

    def as_data(self) -> dict[str, Any]:
        """Return the result as JSON values."""
        return asdict(self)


def share(count: int, members: int) -> str:
    """Return the share of all members in percent with two places, "0.00" where there is nobody."""
    if not members:
        return "0.00"
    percent = Decimal(count) * 100 / Decimal(members)
    return str(percent.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP))


def base_of(rule: Rule, roll: Roll, cast: int) -> int:
    """Return the number the threshold is taken of."""
    return {"all": roll.members, "present": roll.there, "cast": cast}[rule.base]


def count_choices(options: Iterable[str], choices: Iterable[str]) -> dict[str, int]:
    """Return how many chose each option, zero included, in the order of the options."""
    found = Counter(choices)
    return {option: found[option] for option in options}


def result(rule: Rule, options: Iterable[str], choices: Iterable[str], roll: Roll) -> Result:
    """Count a vote that is over."""
    counts = count_choices(options, choices)
    cast = sum(counts.values())
    base = base_of(rule, roll, cast)
    needed, reached = rule.threshold.needed(base), counts.get(rule.carrying, 0)
    return Result(
        members=roll.members,
        present=roll.present,
        late=roll.late,
        absent=roll.members - roll.there,
        cast=cast,
        unanswered=roll.there - cast,
        counts=counts,
        shares={option: share(number, roll.members) for option, number in counts.items()},
        base=base,
        needed=needed,
        reached=reached,
        carried=base > 0 and reached >= needed,
    )
