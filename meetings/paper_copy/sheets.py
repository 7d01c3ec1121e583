"""The made pages as the typesetter's data: roll, agenda, ballots and counting sheets."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from meetings.kinds import ONE, SEVERAL
from meetings.labels import rule_name
from meetings.minutes.words import day_in_words, is_guest, moment_in_words
from meetings.models import Meeting, Participant, Vote
from meetings.outline import labels
from meetings.queries.room import entitled_in, roll_of, rules_for

ROLL, BALLOTS, AGENDA, PAPERS = "roll", "ballots", "agenda", "papers"
PARTS = (ROLL, AGENDA, BALLOTS, PAPERS)
AT_ONCE = (ROLL, AGENDA, BALLOTS)
MOST_BLANK = 2_000


@dataclass(frozen=True)
class Choice:
    """What is printed; with `blank` ballots bear no names, and there are that many for each question."""

    parts: tuple[str, ...] = AT_ONCE
    blank: int = 0


def sheets_data(meeting: Meeting, choice: Choice, *, at: datetime) -> dict[str, Any]:
    """Return what the template of the paper copy sets."""
    people = list(roll_of(meeting))
    votes = ballots_of(meeting, people, choice) if BALLOTS in choice.parts else []
    found = {
        "title": meeting.title,
        "author": meeting.agency.name,
        "governing": meeting.agency.superior_name,
        "agency": meeting.agency.name,
        "place": meeting.agency.place,
        "date": day_in_words(at),
        "subject": meeting.title,
        "when": moment_in_words(meeting.starts_at),
        "votes": votes,
    }
    if ROLL in choice.parts:
        found["roll"] = roll_groups(people)
    if AGENDA in choice.parts:
        found["agenda"] = agenda_lines(meeting)
    if not votes and not {ROLL, AGENDA} & set(choice.parts):
        found["nothing"] = _("There is no question to vote on.")
    return found


def roll_groups(people: list[Participant]) -> list[dict[str, Any]]:
    """Return members and guests, each by given name, chair and secretary first."""
    order: dict[str, int] = {Participant.Role.CHAIR: 0, Participant.Role.SECRETARY: 1}
    members = sorted((place for place in people if not is_guest(place)), key=lambda place: order.get(place.role, 2))
    groups = {_("Members"): members, _("Guests"): [place for place in people if is_guest(place)]}
    return [{"name": name, "people": [line_of(place) for place in places]} for name, places in groups.items() if places]


def line_of(place: Participant) -> dict[str, str]:
    """Return one person's line."""
    return {"name": place.user.full_name, "title": place.title, "seat": place.seat}


def agenda_lines(meeting: Meeting) -> list[dict[str, str]]:
    """Return the agenda everybody sees: the copy is handed round the room."""
    items = list(meeting.items.filter(hidden=False))
    return [
        {
            "number": number,
            "title": item.title,
            "presenter": item.presenter,
            "minutes": str(item.minutes) if item.minutes else "",
        }
        for number, item in zip(labels([item.depth for item in items]), items, strict=True)
    ]


def ballots_of(meeting: Meeting, people: list[Participant], choice: Choice) -> list[dict[str, Any]]:
    """Return every question still to be decided, with who votes on it: the frozen roll where it is open already."""
    kind = rules_for(meeting)
    votes = meeting.votes.filter(state__in=("prepared", "open"), item__hidden=False)
    found = []
    for vote in votes.select_related("item", "meeting").order_by("item__position", "position", "pk"):
        entitled = on_roll(vote, people) if vote.state == "open" else entitled_among(vote, people)
        found.append(
            {
                "question": vote.question,
                "options": [option["label"] for option in vote.options],
                "rule": ". ".join([*choosing(vote), rule_name(vote, kind)]),
                "voters": len(entitled),
                "people": [] if choice.blank else [line_of(place) for place in entitled],
                "blank": choice.blank,
            }
        )
    return found


def choosing(vote: Vote) -> list[str]:
    """Return how many options may be marked, where they were written for this question."""
    if vote.form == ONE:
        return [_("Mark one option")]
    if vote.form == SEVERAL:
        return [
            _("Mark between %(least)d and %(most)d options") % {"least": vote.rule["min"], "most": vote.rule["max"]}
        ]
    return []


def entitled_among(vote: Vote, people: list[Participant]) -> list[Participant]:
    """Return who will vote on a question that is not open yet."""
    keys = set(entitled_in(vote).values_list("pk", flat=True))
    return [place for place in people if place.pk in keys]


def on_roll(vote: Vote, people: list[Participant]) -> list[Participant]:
    """Return those on the frozen roll of an open vote."""
    entitled = set(vote.roll.values_list("participant_id", flat=True))
    return [place for place in people if place.pk in entitled]
