"""Who asked to speak, who has the floor, and how long everybody has held it."""

from django.db.models import Prefetch, QuerySet

from meetings.models import Meeting, Participant, Speech, Turn
from meetings.queries.kinds import kind_of
from meetings.snapshot.views import CHAIR, GUEST, Data, moment
from meetings.speaking_times import SpeakingTimes

GONE = ("withdrawn", "refused")


def with_turns(speeches: QuerySet[Speech]) -> QuerySet[Speech]:
    """Return the requests with everything a snapshot shows of them fetched along."""
    turns = Prefetch("turns", queryset=Turn.objects.select_related("participant"))
    found = speeches.order_by("pk").select_related("item", "participant", "asked", "paper")
    return found.prefetch_related(turns, "paper__groups")


def turn_data(turn: Turn) -> Data:
    """Return one holding of the floor: seconds it may last, milliseconds used before `since`."""
    held = {
        "person": str(turn.participant.public_id),
        "phase": turn.phase,
        "limit": turn.limit_seconds,
        "used": turn.used_ms,
    }
    return held | ({"since": moment(turn.running_since)} if turn.running_since else {})


def paper_data(speech: Speech, view: str) -> Data:
    """Return the paper it is about and its page, where everybody of that view may read the paper."""
    paper = speech.paper
    if paper is None or (view != CHAIR and paper.groups.all()) or (view == GUEST and not paper.guests_may_read):
        return {"paper": None, "page": None}
    return {"paper": str(paper.public_id), "page": speech.page}


def speech_data(speech: Speech, view: str) -> Data:
    """Return one request as that view has it."""
    return {
        "item": str(speech.item.public_id),
        "person": str(speech.participant.public_id),
        "lane": speech.lane,
        "subject": speech.subject or None,
        "asked": str(speech.asked.public_id) if speech.asked else None,
        **paper_data(speech, view),
        "position": speech.position,
        "state": speech.state,
        "at": moment(speech.asked_at),
        "called_at": moment(speech.called_at),
        "turns": [turn_data(turn) for turn in speech.turns.all()],
    }


def speech_for(speech: Speech, view: str) -> Data | None:
    """Return the request as that view has it: what was taken back is gone, what is on a hidden item the chair's."""
    hidden = speech.item.hidden and view != CHAIR
    return None if hidden or speech.state in GONE else speech_data(speech, view)


def speeches_snapshot(meeting: Meeting, view: str) -> Data:
    """Return everything said or to be said in the meeting."""
    speeches = with_turns(meeting.speeches.exclude(state__in=GONE))
    return {str(speech.public_id): speech_for(speech, view) for speech in speeches}


def refusal_data(speech: Speech) -> Data:
    """Return what the person is told who does not get the floor."""
    words = speech.refusal or None
    return {"item": str(speech.item.public_id), "lane": speech.lane, "words": words, "at": moment(speech.ended_at)}


def own_refusals(meeting: Meeting, place: Participant) -> Data:
    """Return the person's requests that were refused."""
    mine = meeting.speeches.filter(participant=place, state="refused").select_related("item")
    return {str(speech.public_id): refusal_data(speech) for speech in mine}


def queue_data(meeting: Meeting) -> Data:
    """Return what the meeting's own line says of speaking: the order of the queue, the lanes with their names."""
    return {"queue_order": meeting.queue_order, "lanes": lanes_of(meeting)}


def lanes_of(meeting: Meeting) -> list[Data]:
    """Return the lanes of speaking this kind of meeting has."""
    kind = kind_of(meeting)
    times = kind.speaking if kind else SpeakingTimes()
    return [{"code": code, "label": label} for code, label in times.named("vi")]
