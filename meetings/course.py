"""The course of a meeting in sentences, from its ledger chain: what happened when, and on which item."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

Act = tuple[datetime, str, UUID, Mapping[str, Any]]


@dataclass(frozen=True)
class Step:
    """One line of the course; `item` is the one the room was at, None before the first."""

    at: datetime
    text: str
    item: UUID | None = None
    verb: str = ""


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
    "conclude": lambda data: _("The chair concludes the item."),
    "leave": lambda data: _("%(name)s leaves the meeting.") % data,
    "check_in": late_arrival,
    "close": lambda data: _("The chair closes the meeting."),
}
LAST = "close"


def steps(acts: Iterable[Act], *, first_item: UUID | None = None) -> Iterator[Step]:
    """Yield the course from opening to closing, oldest first; earlier arrivals are the roll's matter.

    What happens after the closing (a conclusion written down later) is no part of the course.
    """
    running, item = False, None
    for at, verb, object_id, data in acts:
        running = running or verb == "open"
        sentence = SENTENCES.get(verb)
        if verb == "move_item":
            item = object_id
        if sentence and running:
            yield Step(at, sentence(data), item, verb)
        if verb == "open" and data.get("item"):
            item = first_item
            yield Step(at, SENTENCES["move_item"](data["item"]), item, "move_item")
        if verb == LAST:
            return
