"""Indicator definitions: named, versioned data with dates and a legal basis. Pure."""

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).with_name("data") / "indicators.json"


@dataclass(frozen=True)
class Count:
    """Which facts are counted: those called `fact` whose attributes equal `where`.

    An object that also has the fact `unless` by the end of the period (a recalled document) is not counted.
    """

    fact: str
    where: tuple[tuple[str, bool | str], ...]
    unless: str = ""


@dataclass(frozen=True)
class Indicator:
    """One version of one indicator."""

    code: str
    version: int
    name: dict[str, str]
    effective_from: date
    basis: str
    unit: str
    numerator: Count
    denominator: Count
    exclusions: dict[str, str]

    @property
    def counts(self) -> tuple[Count, Count]:
        """Numerator and denominator."""
        return self.numerator, self.denominator

    def name_in(self, language: str) -> str:
        """Return the name in a language, Vietnamese where it has none."""
        return self.name.get(language, self.name["vi"])

    def exclusions_in(self, language: str) -> str:
        """Return what is left out, in a language."""
        return self.exclusions.get(language, self.exclusions["vi"])


@cache
def all_versions() -> tuple[Indicator, ...]:
    """Return every version of every indicator, in file order."""
    return tuple(_read(row) for row in json.loads(SOURCE.read_text(encoding="utf-8")))


def definition(code: str, version: int) -> Indicator | None:
    """Return one version of one indicator, as a frozen figure names it."""
    return next((known for known in all_versions() if (known.code, known.version) == (code, version)), None)


def in_force(day: date) -> list[Indicator]:
    """Return the newest version in force on `day` of each indicator."""
    newest: dict[str, Indicator] = {}
    for indicator in sorted(all_versions(), key=lambda known: known.version):
        if indicator.effective_from <= day:
            newest[indicator.code] = indicator
    return list(newest.values())


def _read(row: dict[str, Any]) -> Indicator:
    return Indicator(
        **row
        | {
            "effective_from": date.fromisoformat(row["effective_from"]),
            "numerator": _count(row["numerator"]),
            "denominator": _count(row["denominator"]),
        }
    )


def _count(row: dict[str, Any]) -> Count:
    return Count(**row | {"where": tuple(row["where"].items())})
