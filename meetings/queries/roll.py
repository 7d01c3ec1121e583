"""The roll: who was there and when, who was not and why."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from ledger.queries import told_of
from meetings.minutes.attendance import CAME, UNDONE, WENT, spells
from meetings.models import Meeting, Participant
from meetings.queries.people import in_order, with_company
from people.queries import called

# Why somebody is not there, in the order lists print it.
ABSENCES = ("excused", "absent", "delegated", "asked", "refused", "accepted", "none")
WITH_REASON = frozenset({"excused", "absent", "delegated"})


Spell = tuple[datetime, datetime | None]


@dataclass(frozen=True)
class RollLine:
    """One person on the roll."""

    place: Participant
    number: int
    here: bool
    late: bool
    spells: tuple[Spell, ...] = ()

    @property
    def substitute(self) -> Participant | None:
        """Who stands in for this person."""
        return next(iter(getattr(self.place, "stand_ins", [])), None)

    @property
    def unit(self) -> str:
        """The unit the person was named by."""
        return self.place.unit.agency.name if self.place.unit else ""

    @property
    def presence(self) -> str:
        """here, late, left or away."""
        if self.place.checked_in_at is None:
            return "away"
        if self.place.left_at is not None:
            return "left"
        return "late" if self.late else "here"


def begun_at(meeting: Meeting) -> datetime | None:
    """Return from when on somebody is late: the opening, and never before the time on the invitation."""
    return max(meeting.opened_at, meeting.starts_at) if meeting.opened_at else None


def is_late(place: Participant, begun: datetime | None) -> bool:
    """Did the person come after the meeting had begun?"""
    return bool(begun and place.checked_in_at and place.checked_in_at > begun)


def roll_lines(meeting: Meeting, *, text: str = "", role: str = "") -> list[RollLine]:
    """Return everybody on the roll, those taken off left out; a constant number of queries."""
    places = in_order(with_company(meeting.participants.filter(removed_at__isnull=True))).select_related("site")
    places = places.filter(called(text, "user__name_folded"))
    places = places.filter(role=role) if role else places
    begun, times = begun_at(meeting), comings_of(meeting)
    return [
        RollLine(place, number, place.checked_in_at is not None, is_late(place, begun), spells_of(place, times))
        for number, place in enumerate(places, start=1)
    ]


def comings_of(meeting: Meeting) -> dict[int, list[Spell]]:
    """Return everybody's times here, each from coming to going, as the ledger has them: one query."""
    moves: dict[int, list[tuple[datetime, str]]] = defaultdict(list)
    for at, verb, _object, data in told_of(meeting.stream).filter(verb__in=(CAME, WENT, UNDONE)):
        moves[data["user"]].append((at, verb))
    return {user: spells(acts) for user, acts in moves.items()}


def spells_of(place: Participant, times: dict[int, list[Spell]]) -> tuple[Spell, ...]:
    """Return when somebody was here, none for who is not said to have come."""
    return tuple(times.get(place.user_id, ())) if place.checked_in_at else ()


def present_lines(lines: list[RollLine]) -> list[RollLine]:
    """Return those who were there, numbered anew."""
    return numbered([line for line in lines if line.here])


def absent_lines(lines: list[RollLine]) -> list[RollLine]:
    """Return those who were not there, by why, numbered anew."""
    away = [line for line in lines if not line.here]
    return numbered(sorted(away, key=lambda line: ABSENCES.index(line.place.reply)))


def numbered(lines: Iterable[RollLine]) -> list[RollLine]:
    """Return the lines with numbers from 1."""
    return [replace(line, number=number) for number, line in enumerate(lines, start=1)]
