"""The first draft of the minutes: every block from rows and ledger, in the order of Decree 30's form."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ledger.queries import told_of
from meetings.course import Act, Step, as_shown, steps
from meetings.minutes.attendance import CAME, UNDONE, WENT
from meetings.minutes.body import Block, Body, body_of, free, linked, section
from meetings.minutes.notice import shown_conclusions
from meetings.minutes.roll import attendance_blocks
from meetings.minutes.speeches import speech_blocks
from meetings.minutes.tally import vote_blocks
from meetings.minutes.words import clock_time, moment_in_words, named, with_role
from meetings.models import AgendaItem, Conclusion, Meeting, Opinion, Participant
from meetings.outline import labels
from meetings.queries.room import roll_of

OPENING, ATTENDANCE, COURSE, SPEECHES, VOTES, CONCLUSIONS, CLOSING = (
    "opening",
    "attendance",
    "course",
    "speeches",
    "votes",
    "conclusions",
    "closing",
)


def drafted(meeting: Meeting) -> Body:
    """Return the whole draft; what stands under hidden items is not for everybody who reads minutes."""
    acts = list(told_of(meeting.stream))
    people = list(roll_of(meeting))
    items = list(meeting.items.filter(hidden=False))
    sections = [
        section(OPENING, _("Opening"), opening_blocks(meeting, people)),
        section(ATTENDANCE, _("Those attending"), attendance_blocks(meeting, people, moves_of(acts))),
        section(COURSE, _("Course of the meeting"), course_blocks(meeting, items, acts)),
        section(SPEECHES, pgettext("minutes", "Speeches"), speech_blocks(meeting, items)),
        section(VOTES, _("Results of the votes"), vote_blocks(meeting, items)),
        section(CONCLUSIONS, _("Conclusions"), conclusion_blocks(meeting)),
        section(CLOSING, _("Closing"), closing_blocks(meeting)),
    ]
    return body_of(sections)


def opening_blocks(meeting: Meeting, people: list[Participant]) -> list[Block]:
    """Return number, time, place, chair and secretary."""
    venue = meeting.where
    chair = "; ".join(named(place) for place in with_role(people, Participant.Role.CHAIR))
    secretary = "; ".join(named(place) for place in with_role(people, Participant.Role.SECRETARY))
    lines = {
        "time": _("Time of opening: %(words)s") % {"words": moment_in_words(meeting.opened_at)},
        "place": _("Place: %(words)s") % {"words": venue} if venue else "",
        "chair": _("Chair: %(words)s") % {"words": chair} if chair else "",
        "secretary": _("Secretary (who takes the minutes): %(words)s") % {"words": secretary} if secretary else "",
    }
    number = free("opening.number", label=_("Number of the minutes"), short=True)
    return [number, *(linked(f"opening.{key}", text) for key, text in lines.items() if text), free("opening.free")]


def moves_of(acts: Iterable[Act]) -> dict[int, list[tuple[datetime, str]]]:
    """Return everybody's comings and goings by user."""
    found: dict[int, list[tuple[datetime, str]]] = defaultdict(list)
    for at, verb, _object, data in acts:
        if verb in (CAME, WENT, UNDONE) and "user" in data:
            found[data["user"]].append((at, verb))
    return found


def course_blocks(meeting: Meeting, items: list[AgendaItem], acts: list[Act]) -> list[Block]:
    """Return the opening, then each item with what the ledger knows and room for the discussion."""
    by_item: dict[UUID | None, list[Step]] = defaultdict(list)
    course = steps(standing(meeting, acts), titles=meeting.items.values_list("public_id", "title"))
    for step in as_shown(course, {item.public_id for item in items}):
        by_item[step.item].append(step)
    speakers = written_opinions(meeting)
    found = [linked("course.opening", lines_of(by_item[None]))] if by_item[None] else []
    for number, item in zip(labels([item.depth for item in items]), items, strict=True):
        found += item_blocks(number, item, by_item[item.public_id], speakers[item.pk])
    return [*found, free("course.free")]


def standing(meeting: Meeting, acts: list[Act]) -> Iterator[Act]:
    """Yield the acts without conclusions that were removed again, and without those on hidden items."""
    shown = Conclusion.objects.filter(meeting=meeting).exclude(item__hidden=True)
    kept = set(shown.values_list("public_id", flat=True))
    hidden = set(meeting.votes.filter(item__hidden=True).values_list("public_id", flat=True))
    for act in acts:
        if (act[1] != "conclude" or act[2] in kept) and act[2] not in hidden:
            yield act


def written_opinions(meeting: Meeting) -> dict[int, list[str]]:
    """Return by item who handed in an opinion in writing; their words stay with the chair."""
    found: dict[int, list[str]] = defaultdict(list)
    handed = Opinion.objects.filter(item__meeting=meeting, handed_in_at__isnull=False)
    for item_id, name in handed.order_by("handed_in_at", "pk").values_list("item_id", "user__full_name"):
        if name not in found[item_id]:
            found[item_id].append(name)
    return found


def item_blocks(number: str, item: AgendaItem, course: list[Step], speakers: list[str]) -> list[Block]:
    """Return what happened on an item, and an empty block for what was said."""
    words = []
    if item.presenter and course:
        words.append(_("Presented by: %(name)s.") % {"name": item.presenter})
    words += [lines_of(course)] if course else [_("The item was not called in the meeting.")]
    if speakers:
        words.append(_("Opinions in writing handed to the chair by: %(names)s.") % {"names": ", ".join(speakers)})
    key = f"course.{item.public_id}"
    said = free(f"{key}.said", label=pgettext("minutes", "What was said"))
    return [linked(key, "\n".join(words), label=f"{number}. {item.title}", heading=True), said]


def lines_of(course: Iterable[Step]) -> str:
    """Return steps as lines, each led by its time; the item's title stands above them already."""
    called = _("The meeting comes to this item.")
    return "\n".join(f"{clock_time(step.at)}: {called if step.verb == 'move_item' else step.text}" for step in course)


def conclusion_blocks(meeting: Meeting) -> list[Block]:
    """Return the conclusions in order."""
    found: list[Any] = [
        linked(f"conclusions.{line.public_id}", f"{number}. {conclusion_text(line)}")
        for number, line in enumerate(shown_conclusions(meeting), start=1)
    ]
    return [*found, free("conclusions.free")]


def conclusion_text(line: Conclusion) -> str:
    """Return a conclusion, led by the item it belongs to."""
    return f"{line.item.title}: {line.text}" if line.item else line.text


def closing_blocks(meeting: Meeting) -> list[Block]:
    """Return when the meeting ended, and that the minutes were read out."""
    words = {"moment": moment_in_words(meeting.closed_at)}
    text = _("The meeting ended at %(moment)s; the minutes were read to those attending, who agreed.") % words
    return [linked("closing.end", text), free("closing.free")]
