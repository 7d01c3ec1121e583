"""Judging one ballot against what is there: it counts, it was counted before, or why not. Pure."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

COUNTS, AGAIN = "", "again"


@dataclass(frozen=True, slots=True)
class Question:
    """How a vote stands: why it takes nothing (empty while it does), until when, and whether ballots may be changed."""

    refuses: str
    closes_at: datetime | None
    change: bool


@dataclass(frozen=True, slots=True)
class Place:
    """One entitled person: whether present when the vote opened, and whether present now."""

    participant: int
    person: UUID
    on_time: bool
    present: bool


@dataclass(frozen=True, slots=True)
class Given:
    """A ballot: what was chosen and said, how often it was changed; `by_hand`: entered by name, not from a device."""

    codes: tuple[str, ...]
    remark: str
    revision: int = 1
    by_hand: bool = False

    def says(self, other: "Given") -> bool:
        """Is this the same choice in the same words?"""
        return (self.codes, self.remark) == (other.codes, other.remark)


def judged(question: Question, place: Place | None, before: Given | None, wanted: Given, at: datetime) -> str:
    """Return `COUNTS`, `AGAIN`, or the code of the refusal; `at` is when the server received the ballot.

    What was counted counts again, even after closing: whoever sends it has not heard that it was.
    """
    if place is None:
        return "not_on_roll"
    if before is not None and before.says(wanted):
        return AGAIN
    if before is not None and (before.by_hand or not question.change):
        return "already_voted"
    if question.closes_at is not None and at > question.closes_at:
        return "not_in_time"
    if question.refuses:
        return question.refuses
    return COUNTS if place.present else "check_in_first"
