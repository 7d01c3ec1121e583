"""Kinds of meeting as dated data (data/kinds.json): quorum, vote labels, base, threshold, legal basis. Pure."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import uuid4

from meetings.speaking_times import SpeakingTimes, times_from

SOURCE = Path(__file__).resolve().parent / "data" / "kinds.json"

# How sure we are of a rule: its text was read, an excerpt was, or the agency must confirm it from its regulation.
# The last is the agency's own word: it decided so in its working regulation.
CERTAINTIES = ("read", "excerpt", "unverified", "agency")
# What a time rule is about: invitation and papers so many working days before, the conclusion notice so many after.
TIMED = ("invitation", "papers", "notice")
# Who sees the counts of an open vote: nobody but chair and secretary, or the members too.
BOARDS = ("after", "live")
# Where somebody may take part; a kind says which of these count for its quorum, all where it says nothing.
WAYS = ("room", "site", "online")
# Who is on the roll of a vote: everybody with a vote, or those of them who neither chair nor take the minutes.
ENTITLED = ("voters", "members")
# What may be asked: for or against, one of several, several of several.
FORMS = APPROVE, ONE, SEVERAL = ("approve", "one", "several")
# What a vote measures and how it runs, as far as a row says it; what it leaves out is as here.
RULE_KEYS = ("base", "threshold", "carrying", "board", "certainty")
RULE_DEFAULTS: Mapping[str, Any] = {"who": "voters", "change": False}


@dataclass(frozen=True)
class VoteRule:
    """One way of deciding that a kind of meeting knows; it may have dates and a legal basis of its own."""

    code: str
    names: Mapping[str, str]
    data: Mapping[str, Any]
    seconds: int | None = None
    forms: tuple[str, ...] = FORMS
    basis: str = ""
    effective_from: date | None = None
    effective_to: date | None = None

    def in_force(self, day: date) -> bool:
        """Does this rule hold on `day`, within the time its kind does?"""
        begun = self.effective_from is None or self.effective_from <= day
        return begun and (self.effective_to is None or day < self.effective_to)

    def name(self, language: str) -> str:
        """Return the rule in words."""
        return self.names.get(language) or self.names["vi"]


@dataclass(frozen=True)
class TimeRule:
    """Something that must have happened so many working days before the meeting, or after it."""

    code: str
    days: int
    basis: str
    certainty: str


@dataclass(frozen=True)
class Counted:
    """Which ways of attending make somebody present for the quorum, and how sure we are of that."""

    ways: tuple[str, ...] = WAYS
    certainty: str = "unverified"


@dataclass(frozen=True)
class Kind:
    """The rules of one kind of meeting in force from `effective_from` until before `effective_to`."""

    code: str
    names: Mapping[str, str]
    effective_from: date
    effective_to: date | None
    basis: str
    certainty: str
    quorum_share: tuple[int, int] | None
    options: tuple[Mapping[str, Any], ...]
    rules: tuple[VoteRule, ...]
    time_rules: tuple[TimeRule, ...] = ()
    roles: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    absence_approval: bool = False
    substitutes_vote: bool = False
    quorum_counts: Counted = field(default_factory=Counted)
    speaking: SpeakingTimes = field(default_factory=SpeakingTimes)

    def role_name(self, role: str, language: str) -> str:
        """Return what somebody of that role is called in this kind of meeting, empty where there is no word for it."""
        names = self.roles.get(role, {})
        return names.get(language) or names.get("vi", "")

    def time_rule(self, code: str) -> TimeRule | None:
        """Return the time rule of that code, if the kind has one."""
        return next((rule for rule in self.time_rules if rule.code == code), None)

    def name(self, language: str) -> str:
        """Return the kind's name."""
        return self.names.get(language) or self.names["vi"]

    def in_force(self, day: date) -> bool:
        """Do these rules hold on `day`?"""
        return self.effective_from <= day and (self.effective_to is None or day < self.effective_to)

    def rule(self, code: str) -> VoteRule | None:
        """Return the rule of that code, if the kind knows it."""
        return next((rule for rule in self.rules if rule.code == code), None)

    def frozen_rule(self, code: str) -> dict[str, Any] | None:
        """Return what a vote copies in when it is prepared, so that later law changes nothing in it."""
        rule = self.rule(code)
        if rule is None:
            return None
        return {**rule.data, "code": code, "name": rule.name("vi"), "basis": rule.basis or self.basis}

    def options_for(self, form: str, labels: Sequence[str] = ()) -> list[dict[str, Any]]:
        """Return the options of a question: those of the kind, or those written, with what stands aside of a choice.

        An option `aside` (không biểu quyết, ý kiến khác) is neither for nor against and is chosen alone.
        """
        if form == APPROVE:
            return [dict(option) for option in self.options]
        written = [{"code": f"o{number}", "label": label} for number, label in enumerate(labels, start=1)]
        return [*written, *(dict(option) for option in self.options if option.get("aside"))]

    def on(self, day: date) -> "Kind":
        """Return the kind with the rules that hold on `day`."""
        return replace(self, rules=tuple(rule for rule in self.rules if rule.in_force(day)))


def share_of(data: Mapping[str, Any]) -> tuple[int, int] | None:
    """Return the share a quorum asks for, or None where there is no such rule."""
    share = data.get("share")
    return (int(share[0]), int(share[1])) if share else None


def counted(data: Mapping[str, Any]) -> Counted:
    """Read which ways of attending count."""
    return Counted(tuple(data.get("ways", WAYS)), data.get("certainty", "unverified"))


def vote_rule(data: Mapping[str, Any]) -> VoteRule:
    """Read one rule of the file."""
    kept = {key: data[key] for key in RULE_KEYS} | {key: data.get(key, usual) for key, usual in RULE_DEFAULTS.items()}
    return VoteRule(
        code=data["code"],
        names=data["name"],
        data=kept | ({"quorum": data["quorum"]} if data.get("quorum") else {}),
        seconds=data.get("seconds"),
        forms=tuple(data.get("forms", FORMS)),
        basis=data.get("basis", ""),
        effective_from=day_of(data.get("effective_from")),
        effective_to=day_of(data.get("effective_to")),
    )


def day_of(text: str | None) -> date | None:
    """Return a day as the file writes it, None where it writes none."""
    return date.fromisoformat(text) if text else None


def kind_from(data: Mapping[str, Any]) -> Kind:
    """Read one row of the file."""
    return Kind(
        code=data["code"],
        names=data["name"],
        effective_from=date.fromisoformat(data["effective_from"]),
        effective_to=day_of(data["effective_to"]),
        basis=data["basis"],
        certainty=data["certainty"],
        quorum_share=share_of(data["quorum"]),
        options=tuple(data["options"]),
        rules=tuple(vote_rule({**rule, **data.get("voting", {})}) for rule in data["rules"]),
        time_rules=tuple(TimeRule(**rule) for rule in data.get("time_rules", ())),
        roles=data.get("roles", {}),
        absence_approval=bool(data.get("absence_approval")),
        substitutes_vote=bool(data.get("substitutes_vote")),
        quorum_counts=counted(data.get("quorum_counts", {})),
        speaking=times_from(data.get("speaking", {})),
    )


@lru_cache(maxsize=1)
def written_rows() -> tuple[Mapping[str, Any], ...]:
    """Return every row of the file as it is written."""
    return tuple(json.loads(SOURCE.read_text(encoding="utf-8")))


@lru_cache(maxsize=1)
def all_kinds() -> tuple[Kind, ...]:
    """Return every row of the file."""
    return tuple(kind_from(data) for data in written_rows())


def changed_kind(base: str, day: date, *, code: str, label: str, changes: Mapping[str, Any]) -> Kind | None:
    """Return a kind an agency made of one of the file: what it did not change stays as the law has it on that day."""
    for kind, data in zip(all_kinds(), written_rows(), strict=True):
        if kind.code == base and kind.in_force(day):
            name = {"vi": label} if label else data["name"]
            return kind_from({**data, **changes, "code": code, "name": name}).on(day)
    return None


def kinds_on(day: date) -> list[Kind]:
    """Return the kinds a meeting on `day` may have."""
    return [kind.on(day) for kind in all_kinds() if kind.in_force(day)]


def kind_on(code: str, day: date) -> Kind | None:
    """Return the rules of a kind in force on `day`."""
    return next((kind for kind in kinds_on(day) if kind.code == code), None)


def new_code() -> str:
    """Return a code for a kind of an agency's own."""
    return f"own-{uuid4().hex[:12]}"
