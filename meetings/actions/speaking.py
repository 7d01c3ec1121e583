"""Speaking: ask for the floor, be called, hold it; one speaker at a time, every turn with its own clock."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, Q

from ledger.door import action, nothing_changed
from ledger.verdict import YES, Refused, first_no, no
from meetings.holding import begin, end, end_turn, go_on, make_room, of, pause, put, show, standing_turn, told, withdraw
from meetings.models import AgendaItem, Meeting, Paper, Participant, Speech, Turn
from meetings.models.speaking import STANDING
from meetings.patches import announce, announce_same, speeches_patch, tell
from meetings.positions import moved as moved_to
from meetings.positions import positions
from meetings.queries.kinds import kind_of
from meetings.queries.room import place_of
from meetings.queries.speaking import queues
from meetings.records import locked, locked_item, note
from meetings.rules.agenda import is_shown
from meetings.rules.meeting import may
from meetings.rules.speaking import (
    asks_once,
    is_asked,
    is_here,
    is_here_to_ask,
    is_lane,
    is_manual,
    is_more_time,
    is_not_too_often,
    is_order,
    is_place_in_paper,
    is_question,
    is_still_of_it,
    is_subject,
    may_with_speech,
    nobody_called,
)
from meetings.snapshot.speaking import refusal_data
from meetings.speaking_times import QUESTION
from people.models import User
from search.fold import composed

Phase = Turn.Phase


@dataclass(frozen=True)
class Wish:
    """What somebody wants to say: in which lane, about what, to whom, on which page of which paper."""

    lane: str = "speech"
    subject: str = ""
    asked: Participant | None = None
    paper: Paper | None = None
    page: int | None = None


def _held(speech: Speech) -> Speech:
    """Return the request as it is now, its meeting held: conductors and who asked wait for each other here."""
    locked(speech.meeting)
    found: Speech = of(speech.meeting, Q(pk=speech.pk)).get()
    return found


def _item(item: AgendaItem) -> AgendaItem:
    """Return the item as it is now, its meeting held, or refuse."""
    found = locked_item(item)
    if found is None:
        raise Refused("item_unknown")
    return found


def _last(item: AgendaItem, lane: str) -> int:
    """Return the last place taken in a lane."""
    last = item.speeches.filter(lane=lane).aggregate(last=Max("position"))["last"]
    return int(last or 0)


@action
def ask(item: AgendaItem, *, wish: Wish, by: User, at: datetime) -> Speech:
    """Ask for the floor on an item, also on one the meeting has not come to."""
    item = _item(item)
    place = place_of(by, item.meeting)
    subject = composed(wish.subject).strip()
    first_no(
        may(by, item.meeting, "ask_to_speak"),
        is_here_to_ask(place),
        is_shown(item),
        is_lane(kind_of(item.meeting), wish.lane),
        is_subject(subject),
        is_asked(place, wish.lane, wish.asked),
        is_place_in_paper(item, wish.paper, wish.page),
        asks_once(item, place, wish.lane, wish.asked),
        is_not_too_often(place, at),
    ).require()
    speech = Speech.objects.create(
        meeting=item.meeting,
        item=item,
        participant=place,
        lane=wish.lane,
        subject=subject,
        asked=wish.asked,
        paper=wish.paper,
        page=wish.page,
        position=_last(item, wish.lane) + 1,
        asked_at=at,
    )
    asked = {"asked": wish.asked.user_id} if wish.asked else {}
    told(speech, "ask_to_speak", by=by, at=at, moved=("", "waiting"), subject=subject, **asked)
    show(item.meeting, "speech.asked", [speech], by=by, at=at)
    return speech


@action
def take_back(speech: Speech, *, by: User, at: datetime) -> Speech:
    """Withdraw one's own request; also after being called."""
    speech = _held(speech)
    if speech.state == "withdrawn" and speech.participant.user_id == by.pk:
        nothing_changed()
        return speech
    may_with_speech(by, speech, "withdraw").require()
    withdraw(speech, by=by, at=at)
    show(speech.meeting, "speech.withdrawn", [speech], by=by, at=at)
    return speech


@action
def call(speech: Speech, *, by: User, at: datetime) -> Speech:
    """Call a speaker: one is called at a time. Two who call the same one at once have called once."""
    speech = _held(speech)
    if speech.state == "called" and may_with_speech(by, speech, "call_back"):
        nothing_changed()
        return speech
    allowed = may_with_speech(by, speech, "call")
    first_no(allowed, is_shown(speech.item), is_here(speech.participant), nobody_called(speech.meeting)).require()
    speech.called_at = at
    told(speech, "call_speaker", by=by, at=at, moved=put(speech, "called"))
    show(speech.meeting, "speech.called", [speech], by=by, at=at)
    return speech


@action
def call_back(speech: Speech, *, by: User, at: datetime) -> Speech:
    """Undo a call: the request waits again, where it was."""
    speech = _held(speech)
    may_with_speech(by, speech, "call_back").require()
    speech.called_at = None
    told(speech, "call_back", by=by, at=at, moved=put(speech, "waiting"))
    show(speech.meeting, "speech.called_back", [speech], by=by, at=at)
    return speech


@action
def give_floor(item: AgendaItem, *, person: Participant, wish: Wish | None = None, by: User, at: datetime) -> Speech:
    """Call somebody who did not ask, also a guest; whoever did ask in that lane is called with what they asked."""
    wish = wish or Wish()
    item = _item(item)
    meeting = item.meeting
    first_no(
        may(by, meeting, "run_floor"),
        is_shown(item),
        YES if person.meeting_id == meeting.pk and person.removed_at is None else no("person_unknown"),
        is_lane(kind_of(meeting), wish.lane),
        is_subject(wish.subject),
        is_asked(person, wish.lane, wish.asked),
        is_here(person),
    ).require()
    standing = of(meeting, Q(item=item, participant=person, lane=wish.lane, asked=wish.asked, state__in=STANDING))
    known = standing.first()
    if known is not None:
        return call(known, by=by, at=at)
    nobody_called(meeting).require()
    speech = Speech.objects.create(
        meeting=meeting,
        item=item,
        participant=person,
        lane=wish.lane,
        subject=composed(wish.subject).strip(),
        asked=wish.asked,
        position=_last(item, wish.lane) + 1,
        state="called",
        asked_at=at,
        called_at=at,
    )
    told(speech, "give_floor", by=by, at=at, moved=("", "called"))
    show(meeting, "speech.called", [speech], by=by, at=at)
    return speech


@action
def start(speech: Speech, *, pausing: bool = False, by: User, at: datetime) -> Speech:
    """Give the floor: the clock starts. Who was speaking has ended with it, or is paused where that is asked for."""
    speech = _held(speech)
    if speech.state == "speaking" and may_with_speech(by, speech, "pause"):
        nothing_changed()
        return speech
    allowed = may_with_speech(by, speech, "start")
    first_no(allowed, is_shown(speech.item), is_here(speech.participant)).require()
    others = make_room(speech.meeting, besides=speech.pk, pausing=pausing, by=by, at=at)
    phase = Phase.ASK if speech.lane == QUESTION and speech.asked_id else Phase.SPEAK
    speech.called_at = speech.called_at or at
    moved = put(speech, "speaking")
    turn = begin(speech, speech.participant, phase, at=at)
    told(speech, "start_speech", by=by, at=at, moved=moved, phase=phase, limit=turn.limit_seconds)
    show(speech.meeting, "speech.started", [speech, *others], by=by, at=at)
    return speech


@action
def hold(speech: Speech, *, by: User, at: datetime) -> Speech:
    """Pause: the clock stands."""
    speech = _held(speech)
    may_with_speech(by, speech, "pause").require()
    pause(speech, by=by, at=at)
    show(speech.meeting, "speech.paused", [speech], by=by, at=at)
    return speech


@action
def resume(speech: Speech, *, pausing: bool = False, by: User, at: datetime) -> Speech:
    """Let a paused speaker go on; who was speaking meanwhile has ended, or is paused."""
    speech = _held(speech)
    may_with_speech(by, speech, "resume").require()
    turn = standing_turn(speech)
    is_here(turn.participant if turn else speech.participant).require()
    others = make_room(speech.meeting, besides=speech.pk, pausing=pausing, by=by, at=at)
    moved = put(speech, "speaking")
    go_on(turn, at=at)
    told(speech, "resume_speech", by=by, at=at, moved=moved)
    show(speech.meeting, "speech.resumed", [speech, *others], by=by, at=at)
    return speech


@action
def answer(speech: Speech, *, by: User, at: datetime) -> Speech:
    """Pass the floor from who asked to who was asked; the answer has its own time."""
    speech = _held(speech)
    first_no(may_with_speech(by, speech, "answer"), is_question(speech)).require()
    asked = speech.asked
    if asked is None:
        raise Refused("nobody_to_answer")
    is_here(asked, "asked_is_away").require()
    others = make_room(speech.meeting, besides=speech.pk, pausing=False, by=by, at=at)
    end_turn(speech, by=by, at=at)
    moved = put(speech, "speaking")
    turn = begin(speech, asked, Phase.ANSWER, at=at)
    told(speech, "pass_to_answer", by=by, at=at, moved=moved, limit=turn.limit_seconds, answerer=asked.user.full_name)
    show(speech.meeting, "speech.answered", [speech, *others], by=by, at=at)
    return speech


@action
def give_more_time(speech: Speech, *, seconds: int, by: User, at: datetime) -> Speech:
    """Give who has the floor more time, added to their limit; where there is none, nothing can be added."""
    speech = _held(speech)
    first_no(may_with_speech(by, speech, "give_more_time"), is_more_time(seconds)).require()
    turn = standing_turn(speech)
    if turn is None or turn.limit_seconds == 0:
        raise Refused("no_limit_here")
    turn.limit_seconds += seconds
    turn.save(update_fields=["limit_seconds"])
    told(speech, "give_more_time", by=by, at=at, moved=(speech.state, speech.state), seconds=seconds)
    show(speech.meeting, "speech.extended", [speech], by=by, at=at)
    return speech


@action
def finish(speech: Speech, *, by: User, at: datetime) -> Speech:
    """End a speech; what was used is fixed."""
    speech = _held(speech)
    if speech.state == "done" and may_with_speech(by, speech, "reopen"):
        nothing_changed()
        return speech
    may_with_speech(by, speech, "end").require()
    end(speech, by=by, at=at)
    show(speech.meeting, "speech.ended", [speech], by=by, at=at)
    return speech


@action
def reopen(speech: Speech, *, by: User, at: datetime) -> Speech:
    """Take an end back that came too early: the last turn stands, its clock waits."""
    speech = _held(speech)
    place, item = speech.participant, speech.item
    last = speech.turns.select_related("participant__user").order_by("started_at", "pk").last()
    first_no(
        may_with_speech(by, speech, "reopen"),
        is_still_of_it(last.participant if last else place),
        asks_once(item, place, speech.lane, speech.asked),
    ).require()
    if last is None:
        raise Refused("wrong_state")
    last.ended_at, speech.ended_at = None, None
    last.save(update_fields=["ended_at"])
    told(speech, "reopen_speech", by=by, at=at, moved=put(speech, "paused"))
    show(speech.meeting, "speech.reopened", [speech], by=by, at=at)
    return speech


@action
def refuse(speech: Speech, *, reason: str = "", by: User, at: datetime) -> Speech:
    """Do not give the floor; a word why is for who asked, nobody else is shown it."""
    speech = _held(speech)
    words = composed(reason).strip()
    first_no(may_with_speech(by, speech, "refuse"), is_subject(words)).require()
    speech.refusal, speech.ended_at, speech.called_at = words, at, None
    told(speech, "refuse_speech", by=by, at=at, moved=put(speech, "refused"))
    show(speech.meeting, "speech.refused", [speech], by=by, at=at)
    patch = {"refusals": {str(speech.public_id): refusal_data(speech)}}
    if speech.participant.removed_at is None:
        tell(speech.meeting, speech.participant.user, "speech.refused", patch, by=by, at=at)
    return speech


@action
def place(speech: Speech, *, position: int, by: User, at: datetime) -> None:
    """Put a request at another place, from 1, in the queue of its lane; where speakers are placed by hand."""
    speech = _held(speech)
    first_no(may_with_speech(by, speech, "place"), is_manual(speech.meeting)).require()
    before = queues(speech.meeting, speech.item)[speech.lane]
    wanted = moved_to(before, speech.pk, position)
    if wanted == before:
        return nothing_changed()
    _placed(speech.meeting, positions(wanted))
    told(speech, "place_speech", by=by, at=at, moved=(speech.state, speech.state), position=wanted.index(speech.pk) + 1)
    return announce(speech.meeting, "speech.placed", speeches_patch(speech.meeting, wanted), by=by, at=at)


def _placed(meeting: Meeting, numbers: dict[int, int]) -> None:
    """Keep these places."""
    rows = list(meeting.speeches.filter(pk__in=numbers))
    for row in rows:
        row.position = numbers[row.pk]
    Speech.objects.bulk_update(rows, ["position"])


@action
def order(meeting: Meeting, *, order: str, by: User, at: datetime) -> Meeting:
    """Choose fair or manual order; by hand, everybody begins at the place they have now."""
    meeting = locked(meeting)
    first_no(may(by, meeting, "order_queue"), is_order(order)).require()
    if meeting.queue_order == order:
        nothing_changed()
        return meeting
    waiting: list[int] = []
    if order == "manual":
        for item in meeting.items.filter(speeches__state="waiting").distinct():
            for keys in queues(meeting, item).values():
                _placed(meeting, positions(keys))
                waiting += keys
    meeting.queue_order = order
    meeting.save(update_fields=["queue_order"])
    note(meeting, "order_queue", by=by, at=at, data={"order": order})
    announce_same(meeting, "queue.ordered", {"meeting": {"queue_order": order}}, by=by, at=at)
    if waiting:
        announce(meeting, "speech.placed", speeches_patch(meeting, waiting), by=by, at=at)
    return meeting
