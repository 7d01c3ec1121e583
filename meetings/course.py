"""The course of a meeting in sentences, from its ledger chain: what happened when, and on which item."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
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


def called(data: Mapping[str, Any]) -> str:
    """Return the sentence for coming to an item, under the number members saw; older acts keep the position alone."""
    words = {"position": data.get("label") or data["position"], "title": data["title"]}
    return _("Item %(position)s: %(title)s.") % words


def closed(data: Mapping[str, Any]) -> str:
    """Return the sentence for a vote that ended; before results were declared, closing said the result."""
    if "result" in data:
        return result_of(data)
    words = {"question": data.get("question", "")}
    if data.get("by_itself"):
        return _("The time to vote on “%(question)s” is over.") % words
    return _("The vote on “%(question)s” is closed.") % words


def taken_back(data: Mapping[str, Any]) -> str:
    """Return the sentence for a vote that was opened by mistake."""
    return _("The vote on “%(question)s” is taken back before anybody voted.") % {"question": data.get("question", "")}


def held_outside(data: Mapping[str, Any]) -> str:
    """Return the sentence for a vote whose counts were brought from outside the program."""
    return _("The vote on “%(question)s” was held outside the system: %(note)s") % data


def annulled(data: Mapping[str, Any]) -> str:
    """Return the sentence for a vote that counts no more."""
    return _("The vote on “%(question)s” is annulled: %(reason)s. It will be held again.") % {
        "question": data["question"],
        "reason": data["reason"].rstrip("."),
    }


def result_of(data: Mapping[str, Any]) -> str:
    """Return the sentence for a vote's result, declared by the chair."""
    found = data["result"]
    words = {"question": data.get("question", ""), "reached": found["reached"], "members": found["members"]}
    if data.get("chosen") is not None:
        return chosen_of(data["chosen"], words)
    if found["carried"]:
        return _("Result of the vote “%(question)s”: carried with %(reached)s of %(members)s members.") % words
    return _("Result of the vote “%(question)s”: not carried, %(reached)s of %(members)s members agreed.") % words


def chosen_of(labels: Collection[str], words: Mapping[str, Any]) -> str:
    """Return the sentence for a choice among options."""
    if not labels:
        return _("Result of the vote “%(question)s”: no option has enough votes.") % words
    return _("Result of the vote “%(question)s”: chosen is %(options)s.") % {**words, "options": "; ".join(labels)}


def has_floor(data: Mapping[str, Any]) -> str:
    """Return the sentence for somebody who gets the floor, by lane."""
    if data["lane"] == "debate":
        return _("%(name)s has the floor in the debate.") % data
    if data["lane"] == "question":
        return _("%(name)s puts a question.") % data
    return _("%(name)s has the floor.") % data


def answers(data: Mapping[str, Any]) -> str:
    """Return the sentence for an answer to a question."""
    return _("%(answerer)s answers the question of %(name)s.") % data


SENTENCES: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "open": opened,
    "move_item": called,
    "open_vote": lambda data: _("The meeting votes: %(question)s") % data,
    "close_vote": closed,
    "take_back_vote": taken_back,
    "record_outside": held_outside,
    "declare_vote": result_of,
    "annul_vote": annulled,
    "start_speech": has_floor,
    "pass_to_answer": answers,
    "conclude": lambda data: _("The chair concludes the item."),
    "leave": lambda data: _("%(name)s leaves the meeting.") % data,
    "check_in": late_arrival,
    "close": lambda data: _("The chair closes the meeting."),
}
CALLED, LAST = "move_item", "close"


def steps(acts: Iterable[Act], *, titles: Iterable[tuple[UUID, str]] = ()) -> Iterator[Step]:
    """Yield the course from opening to closing, oldest first; earlier arrivals are the roll's matter.

    What happens after the closing (a conclusion written down later) is no part of the course. The opening says which
    item came first; an older one says its title only, which `titles` lead back to the item.
    """
    by_title = {title: public_id for public_id, title in reversed(list(titles))}
    running, item = False, None
    for at, verb, object_id, data in acts:
        running = running or verb == "open"
        sentence = SENTENCES.get(verb)
        if verb == CALLED:
            item = object_id
        if sentence and running:
            yield Step(at, sentence(data), item, verb)
        if verb == "open" and data.get("item"):
            first = data["item"]
            item = UUID(first["id"]) if "id" in first else by_title.get(first["title"])
            if item is not None:
                yield Step(at, called(first), item, CALLED)
        if verb == LAST:
            return


def as_shown(course: Iterable[Step], shown: Collection[UUID]) -> Iterator[Step]:
    """Yield the course for somebody who sees these items: what else happened at others stands under the one before."""
    before: UUID | None = None
    for step in course:
        if step.item is None or step.item in shown:
            before = step.item
            yield step
        elif step.verb != CALLED:
            yield replace(step, item=before)
