"""The course of a meeting in sentences, from its ledger chain: what happened when."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Step:
    """One line of the course."""

    at: datetime
    text: str


def late_arrival(data: Mapping[str, Any]) -> str:
    """Return the sentence for somebody who came in."""
    if data.get("returned"):
        return _("%(name)s comes back to the meeting.") % {"name": data["name"]}
    return _("%(name)s comes to the meeting.") % {"name": data["name"]}


def opened(data: Mapping[str, Any]) -> str:
    """Return the sentence for the opening, with how many of the members were there."""
    words: Mapping[str, Any] = data["quorum"]
    return _("The chair opens the meeting; %(present)s of %(members)s members are present.") % words


def result_of(data: Mapping[str, Any]) -> str:
    """Return the sentence for a vote's result."""
    found = data["result"]
    words = {"question": data.get("question", ""), "reached": found["reached"], "members": found["members"]}
    if found["carried"]:
        return _("Result of the vote “%(question)s”: carried with %(reached)s of %(members)s members.") % words
    return _("Result of the vote “%(question)s”: not carried, %(reached)s of %(members)s members agreed.") % words


SENTENCES: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "open": opened,
    "move_item": lambda data: _("Item %(position)s: %(title)s.") % data,
    "open_vote": lambda data: _("The meeting votes: %(question)s") % data,
    "close_vote": result_of,
    "conclude": lambda data: _("The chair concludes: %(text)s") % data,
    "leave": lambda data: _("%(name)s leaves the meeting.") % data,
    "check_in": late_arrival,
    "close": lambda data: _("The chair closes the meeting."),
}
BEFORE = frozenset({"check_in", "leave"})  # told only from the opening on


def steps(acts: Iterable[tuple[datetime, str, Mapping[str, Any]]]) -> Iterator[Step]:
    """Yield the course from the meeting's acts, oldest first; arrivals before the opening are the roll's matter."""
    running = False
    for at, verb, data in acts:
        running = running or verb == "open"
        sentence = SENTENCES.get(verb)
        if sentence and (running or verb not in BEFORE):
            yield Step(at, sentence(data))
        if verb == "open" and data.get("item"):
            yield Step(at, SENTENCES["move_item"](data["item"]))
