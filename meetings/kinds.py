"""Kinds of meeting as dated data (data/kinds.json): quorum, vote labels, base, threshold, legal basis. Pure."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).resolve().parent / "data" / "kinds.json"

# How sure we are of a rule: its text was read, an excerpt was, or the agency must confirm it from its regulation.
CERTAINTIES = ("read", "excerpt", "unverified")
# Who sees the counts of an open vote: nobody but chair and secretary, or the members too.
BOARDS = ("after", "live")


@dataclass(frozen=True)
class VoteRule:
    """One way of deciding that a kind of meeting knows."""

    code: str
    names: Mapping[str, str]
    data: Mapping[str, Any]

    def name(self, language: str) -> str:
        """Return the rule in words."""
        return self.names.get(language) or self.names["vi"]


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
        return {**rule.data, "code": code, "name": rule.name("vi"), "basis": self.basis}


def share_of(data: Mapping[str, Any]) -> tuple[int, int] | None:
    """Return the share a quorum asks for, or None where there is no such rule."""
    share = data.get("share")
    return (int(share[0]), int(share[1])) if share else None


def vote_rule(data: Mapping[str, Any]) -> VoteRule:
    """Read one rule of the file."""
    kept = {key: data[key] for key in ("base", "threshold", "carrying", "board", "certainty")}
    return VoteRule(data["code"], data["name"], kept)


def kind_from(data: Mapping[str, Any]) -> Kind:
    """Read one row of the file."""
    return Kind(
        code=data["code"],
        names=data["name"],
        effective_from=date.fromisoformat(data["effective_from"]),
        effective_to=date.fromisoformat(data["effective_to"]) if data["effective_to"] else None,
        basis=data["basis"],
        certainty=data["certainty"],
        quorum_share=share_of(data["quorum"]),
        options=tuple(data["options"]),
        rules=tuple(vote_rule(rule) for rule in data["rules"]),
    )


@lru_cache(maxsize=1)
def all_kinds() -> tuple[Kind, ...]:
    """Return every row of the file."""
    return tuple(kind_from(data) for data in json.loads(SOURCE.read_text(encoding="utf-8")))


def kinds_on(day: date) -> list[Kind]:
    """Return the kinds a meeting on `day` may have."""
    return [kind for kind in all_kinds() if kind.in_force(day)]


def kind_on(code: str, day: date) -> Kind | None:
    """Return the rules of a kind in force on `day`."""
    return next((kind for kind in kinds_on(day) if kind.code == code), None)
