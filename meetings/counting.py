"""Counting a named vote: counts, shares of all members, and the outcome with its arithmetic as data. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

BASES = ("all", "present", "cast")
THRESHOLDS = ("more_than", "at_least", "everyone", "number")

Codes = Sequence[str]


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
    """What a vote is measured against: `base` is all members, those present, or the ballots cast.

    With `places` 0 one option (`carrying`) is for and the question carries or not; otherwise every option is a proposal
    of its own, and at most that many carry.
    """

    base: str
    threshold: Threshold
    carrying: str
    places: int = 0

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Rule":
        """Read a rule as kinds.json and `Vote.rule` keep it; `max` is there where options were written."""
        threshold = data["threshold"]
        share = threshold.get("share", (threshold.get("number", 1), 1))
        measured = Threshold(threshold["kind"], int(share[0]), int(share[1]))
        return cls(data["base"], measured, data["carrying"], int(data.get("max", 0)))


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
class Tally:
    """What was given: how often each option was chosen, and by how many people in all."""

    counts: Mapping[str, int]
    cast: int


@dataclass(frozen=True)
class Result:
    """What is fixed when a vote closes; `unanswered` were present and pressed nothing.

    Where options were written, `chosen` are those that carry, most votes first, and `tied` those that stand equal
    at the last place there is: none of them carries by this vote.
    """

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
    chosen: list[str] | None = None
    tied: list[str] | None = None

    def as_data(self) -> dict[str, Any]:
        """Return the result as JSON values, without what this form of vote does not have."""
        return {key: value for key, value in asdict(self).items() if value is not None}


def share(count: int, members: int) -> str:
    """Return the share of all members in percent with two places, "0.00" where there is nobody."""
    if not members:
        return "0.00"
    percent = Decimal(count) * 100 / Decimal(members)
    return str(percent.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP))


def base_of(rule: Rule, roll: Roll, cast: int) -> int:
    """Return the number the threshold is taken of."""
    return {"all": roll.members, "present": roll.there, "cast": cast}[rule.base]


def count_choices(options: Iterable[str], ballots: Iterable[Codes]) -> dict[str, int]:
    """Return how many chose each option, zero included, in the order of the options; a ballot holds its codes."""
    found = Counter(code for codes in ballots for code in set(codes))
    return {option: found[option] for option in options}


def tally(options: Iterable[str], ballots: Iterable[Codes]) -> Tally:
    """Return what these ballots say."""
    given = list(ballots)
    return Tally(count_choices(options, given), len(given))


def result(rule: Rule, given: Tally, roll: Roll, *, aside: Iterable[str] = ()) -> Result:
    """Count a vote that is over; options `aside` (không biểu quyết, ý kiến khác) never carry."""
    base = base_of(rule, roll, given.cast)
    needed = rule.threshold.needed(base)
    proposals = {code: count for code, count in given.counts.items() if code not in set(aside)}
    chosen, tied = outcome(proposals, needed, rule.places) if rule.places and base else ([], [])
    reached = max(proposals.values(), default=0) if rule.places else given.counts.get(rule.carrying, 0)
    return Result(
        members=roll.members,
        present=roll.present,
        late=roll.late,
        absent=roll.members - roll.there,
        cast=given.cast,
        unanswered=roll.there - given.cast,
        counts=dict(given.counts),
        shares={option: share(number, roll.members) for option, number in given.counts.items()},
        base=base,
        needed=needed,
        reached=reached,
        carried=bool(chosen) if rule.places else base > 0 and reached >= needed,
        chosen=chosen if rule.places else None,
        tied=tied if rule.places else None,
    )


def outcome(counts: Mapping[str, int], needed: int, places: int) -> tuple[list[str], list[str]]:
    """Return which options carry, most votes first, and which stand equal at the last place.

    A tie is never broken by order: who stands equal where one place is left for several carries by another vote only.
    Below the threshold nothing carries and nothing is tied: another vote between them would decide nothing.
    """
    ranked = sorted(counts, key=lambda code: -counts[code])
    enough = max(needed, 1)
    tied: list[str] = []
    last = counts[ranked[places]] if len(ranked) > places else 0
    if last >= enough and counts[ranked[places - 1]] == last:
        tied = [code for code in ranked if counts[code] == last]
    first = [code for code in ranked[:places] if code not in tied]
    return [code for code in first if counts[code] >= enough], tied
