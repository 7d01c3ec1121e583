"""Steps inside the actions that give and take the floor: turns begin, stop and end; who leaves asks no more."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from meetings.models import Meeting, Participant, Speech, Turn
from meetings.models.speaking import STANDING
from meetings.patches import announce, speeches_patch
from meetings.presenting import floor_over
from meetings.queries.kinds import kind_of
from meetings.records import note
from meetings.speaking_times import SpeakingTimes, timed
from people.models import User

HOLDING = ("speaking", "paused")
MILLISECOND = timedelta(milliseconds=1)


def standing_turn(speech: Speech) -> Turn | None:
    """Return the turn that is not over yet."""
    return speech.turns.filter(ended_at__isnull=True).select_related("participant__user").first()


def limit_for(speech: Speech, person: Participant, phase: str) -> int:
    """Return how many seconds this person may have the floor now: the first time on the item, the second, …"""
    kind = kind_of(speech.meeting)
    times = kind.speaking if kind else SpeakingTimes()
    before = Turn.objects.filter(participant=person, phase=phase, speech__item=speech.item, speech__lane=speech.lane)
    earlier = before.exclude(speech=speech).values("speech").distinct().count()
    return times.limit(timed(speech.lane, phase), earlier + 1)


def begin(speech: Speech, person: Participant, phase: str, *, at: datetime) -> Turn:
    """Start a turn; its limit is frozen here."""
    limit = limit_for(speech, person, phase)
    return Turn.objects.create(
        speech=speech, participant=person, phase=phase, limit_seconds=limit, running_since=at, started_at=at
    )


def stop(turn: Turn | None, *, at: datetime, over: bool) -> Turn | None:
    """Stop the clock of a turn; `over`: for good."""
    if turn is None:
        return None
    if turn.running_since is not None:
        turn.used_ms += max(0, (at - turn.running_since) // MILLISECOND)
    turn.running_since = None
    turn.ended_at = at if over else None
    turn.save(update_fields=["used_ms", "running_since", "ended_at"])
    return turn


def go_on(turn: Turn | None, *, at: datetime) -> None:
    """Start the clock of a turn again."""
    if turn is not None and turn.running_since is None:
        turn.running_since, turn.ended_at = at, None
        turn.save(update_fields=["running_since", "ended_at"])


def put(speech: Speech, state: str) -> tuple[str, str]:
    """Give the request another state; return from where to where."""
    moved = (speech.state, state)
    speech.state = state
    speech.save(update_fields=["state", "called_at", "ended_at", "refusal"])
    return moved


def told(speech: Speech, verb: str, *, by: User, at: datetime, moved: tuple[str, str], **data: Any) -> None:
    """Record what was done to one request."""
    about = {
        "item": str(speech.item.public_id),
        "user": speech.participant.user_id,
        "name": speech.participant.user.full_name,
        "lane": speech.lane,
    }
    note(speech.meeting, verb, by=by, at=at, about=speech, data=about | data, moved=moved)


def show(meeting: Meeting, kind: str, speeches: Iterable[Speech], *, by: User, at: datetime) -> None:
    """Tell the room how these requests stand now."""
    announce(meeting, kind, speeches_patch(meeting, [speech.pk for speech in speeches]), by=by, at=at)


def end_turn(speech: Speech, *, by: User, at: datetime) -> Turn | None:
    """Take the floor from who has it, and the leading with it."""
    turn = stop(standing_turn(speech), at=at, over=True)
    if turn is not None:
        floor_over(turn.participant, by=by, at=at)
    return turn


def end(speech: Speech, *, by: User, at: datetime) -> None:
    """End a turn and the request with it, and record how long the floor was held."""
    turn = end_turn(speech, by=by, at=at)
    speech.ended_at = at
    moved = put(speech, "done")
    held = {"phase": turn.phase, "used_ms": turn.used_ms, "limit": turn.limit_seconds} if turn else {}
    told(speech, "end_speech", by=by, at=at, moved=moved, **held)


def pause(speech: Speech, *, by: User, at: datetime) -> None:
    """Stop the clock of who is speaking."""
    stop(standing_turn(speech), at=at, over=False)
    told(speech, "pause_speech", by=by, at=at, moved=put(speech, "paused"))


def make_room(meeting: Meeting, *, besides: int, pausing: bool, by: User, at: datetime) -> list[Speech]:
    """End who is speaking, or pause them, because another gets the floor; return whom this concerned."""
    running = of(meeting, Q(state="speaking")).exclude(pk=besides)
    found = list(running)
    for speech in found:
        (pause if pausing else end)(speech, by=by, at=at)
    return found


def of(meeting: Meeting, which: Q) -> Any:
    """Return requests of the meeting with those they name."""
    return meeting.speeches.filter(which).select_related("meeting__agency", "item", "participant__user", "asked__user")


def withdraw(speech: Speech, *, by: User, at: datetime, why: str = "") -> None:
    """Take a request back."""
    speech.ended_at, speech.called_at = at, None
    told(speech, "withdraw_speech", by=by, at=at, moved=put(speech, "withdrawn"), **({"why": why} if why else {}))


def stand_down(meeting: Meeting, places: Sequence[Participant], why: str, *, by: User, at: datetime) -> None:
    """These people are not in the room any more: what they asked for is withdrawn, the floor they hold is over.

    Before the meeting opens nobody need be in the room, so only who is removed asks no more.
    """
    if meeting.state != "open" and why != "removed":
        return
    mine = Q(participant__in=places, state__in=STANDING)
    answering = Q(turns__participant__in=places, turns__ended_at__isnull=True, state__in=HOLDING)
    found = list(of(meeting, mine | answering).distinct())
    for speech in found:
        if speech.state in HOLDING:
            end(speech, by=by, at=at)
        else:
            withdraw(speech, by=by, at=at, why=why)
    if found:
        show(meeting, "speech.stood_down", found, by=by, at=at)


def clear_floor(meeting: Meeting, *, by: User, at: datetime) -> None:
    """The meeting closes: who has the floor has ended, who was called waits as everybody not reached does."""
    found = list(of(meeting, Q(state__in=(*HOLDING, "called"))))
    for speech in found:
        if speech.state in HOLDING:
            end(speech, by=by, at=at)
        else:
            speech.called_at = None
            told(speech, "call_back", by=by, at=at, moved=put(speech, "waiting"))
    if found:
        show(meeting, "speech.floor_cleared", found, by=by, at=at)
