"""Requests to speak: which one exists for whom, in which order they are called, how often somebody has spoken."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from ledger.verdict import Unseen
from meetings.floor import stand
from meetings.models import AgendaItem, Meeting, Participant, Speech, Turn
from meetings.queries.visible import sees_hidden, visible_meetings
from meetings.queue import Line, lanes
from meetings.rules.meeting import CONDUCTING, participation
from meetings.snapshot.views import moment
from people.models import User


def visible_speeches(user: User, meeting: Meeting) -> QuerySet[Speech]:
    """Return the requests of a meeting that exist for the person.

    Those on hidden items are for who prepares it, those refused for who asked and who conducts.
    """
    found = Speech.objects.filter(meeting=meeting, meeting__in=visible_meetings(user))
    found = found if sees_hidden(user, meeting) else found.filter(item__hidden=False)
    place = participation(user, meeting)
    conducts = place is not None and place.role in CONDUCTING
    return found if conducts else found.exclude(~Q(participant__user=user), state="refused")


def get_visible_speech(user: User, meeting: Meeting, public_id: UUID) -> Speech:
    """Return one request of this very meeting, or raise Unseen."""
    found = visible_speeches(user, meeting).select_related("meeting__agency", "item", "participant__user")
    speech = found.filter(public_id=public_id).first()
    if speech is None:
        raise Unseen
    return speech


def times_held(item: AgendaItem) -> dict[str, dict[str, int]]:
    """Return how often each person has had the floor on an item, by lane; answering does not count."""
    spoken = Turn.objects.filter(~Q(phase=Turn.Phase.ANSWER), speech__item=item).order_by()
    rows = spoken.values_list("speech__lane", "participant__public_id").annotate(Count("speech", distinct=True))
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for lane, person, times in rows:
        found[lane][str(person)] = times
    return found


def queues(meeting: Meeting, item: AgendaItem) -> dict[str, list[int]]:
    """Return the keys of the waiting requests on an item in the order they are called, by lane."""
    waiting = list(item.speeches.filter(state="waiting").select_related("participant"))
    return _lined_up(waiting, times_held(item), meeting.queue_order)


@dataclass(frozen=True)
class TurnLine:
    """One holding of the floor in a list; `nth` is the person's how manieth on that item in that lane."""

    turn: Turn
    nth: int

    @property
    def speech(self) -> Speech:
        """The request it belongs to."""
        return self.turn.speech

    @property
    def over_ms(self) -> int:
        """By how much the limit was exceeded."""
        return stand(self.turn.limit_seconds, self.turn.used_ms).over


def turn_lines(speeches: QuerySet[Speech]) -> list[TurnLine]:
    """Return every turn of these requests in the order they began; a constant number of queries."""
    turns = Turn.objects.filter(speech__in=speeches).order_by("started_at", "pk")
    fetched = turns.select_related(
        "participant__user", "speech__item", "speech__participant__user", "speech__asked__user"
    )
    seen: dict[tuple[int, str, int, str], list[int]] = defaultdict(list)
    found = []
    for turn in fetched:
        said = seen[(turn.speech.item_id, turn.speech.lane, turn.participant_id, turn.phase)]
        if turn.speech_id not in said:
            said.append(turn.speech_id)
        found.append(TurnLine(turn, said.index(turn.speech_id) + 1))
    return found


def held_by_person(lines: list[TurnLine]) -> list[tuple[Participant, int, int]]:
    """Return each person with how many turns and milliseconds they had the floor, by given name."""
    people: dict[int, tuple[Participant, int, int]] = {}
    for line in lines:
        place = line.turn.participant
        _, times, used = people.get(place.pk, (place, 0, 0))
        people[place.pk] = (place, times + 1, used + line.turn.used_ms)
    return sorted(people.values(), key=lambda row: (row[0].user.sort_key, row[0].pk))


def queue_of(asked: list[Speech], spoken: list[TurnLine], order: str) -> dict[str, list[int]]:
    """Return the queues of an item from rows already read, by lane."""
    held: dict[str, dict[str, int]] = defaultdict(dict)
    for line in spoken:
        if line.turn.phase != Turn.Phase.ANSWER:
            lane, person = held[line.speech.lane], str(line.turn.participant.public_id)
            lane[person] = max(lane.get(person, 0), line.nth)
    waiting = [speech for speech in asked if speech.state == "waiting"]
    return _lined_up(waiting, held, order)


def _lined_up(waiting: list[Speech], held: Mapping[str, Mapping[str, int]], order: str) -> dict[str, list[int]]:
    """Return the keys of these requests lane by lane in the order they are called."""
    known = {str(speech.public_id): speech for speech in waiting}
    lines = [
        Line(key, str(one.participant.public_id), one.lane, one.position, moment(one.asked_at) or "")
        for key, one in known.items()
    ]
    ordered = lanes(lines, held, order)
    return {lane: [known[key].pk for key in keys] for lane, keys in ordered.items()}
