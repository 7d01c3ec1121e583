"""Lanes and times of speaking of one kind of meeting, as data/kinds.json has them under `speaking`. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

SPEECH, DEBATE, QUESTION = "speech", "debate", "question"
SPEAK, ASK, ANSWER = "speak", "ask", "answer"
LONGEST = 4 * 3600


@dataclass(frozen=True)
class SpeakingTimes:
    """Lanes in order with their names; `seconds` by speech, debate, ask, answer: the first time, the second, …"""

    lanes: tuple[tuple[str, Mapping[str, str]], ...] = ((SPEECH, {"vi": "Phát biểu", "en": "Speech"}),)
    seconds: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    basis: str = ""
    certainty: str = "unverified"

    def named(self, language: str) -> list[tuple[str, str]]:
        """Return the lanes with what they are called."""
        return [(code, names.get(language) or names["vi"]) for code, names in self.lanes]

    def has(self, lane: str) -> bool:
        """Does this kind of meeting have the lane?"""
        return any(code == lane for code, _names in self.lanes)

    def limit(self, what: str, nth: int) -> int:
        """Return how many seconds the nth time (from 1) may last, 0 for any; the last one given holds for all later."""
        given = self.seconds.get(what, ())
        return given[min(nth, len(given)) - 1] if given else 0


def timed(lane: str, phase: str) -> str:
    """Return which of the times holds for a phase in a lane."""
    return lane if phase == SPEAK else phase


def times_from(data: Mapping[str, Any]) -> SpeakingTimes:
    """Read what a kind says about speaking; where it says nothing, people speak without a limit."""
    if not data:
        return SpeakingTimes()
    return SpeakingTimes(
        lanes=tuple((lane["code"], lane["name"]) for lane in data["lanes"]),
        seconds={what: tuple(int(one) for one in given) for what, given in data["seconds"].items()},
        basis=data["basis"],
        certainty=data["certainty"],
    )
