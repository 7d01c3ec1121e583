"""Requests to speak: which one exists for whom, in which order they are called, how often somebody has spoken."""

from collections import defaultdict
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from ledger.verdict import Unseen
from meetings.models import AgendaItem, Meeting, Speech, Turn
from meetings.queries.visible import sees_hidden, visible_meetings
from meetings.queue import Line, lanes
from meetings.snapshot.views import moment
from people.models import User


def visible_speeches(user: User, meeting: Meeting) -> QuerySet[Speech]:
    """Return the requests of a meeting that exist for the person; on hidden items for those who prepare it."""
    found = Speech.objects.filter(meeting=meeting, meeting__in=visible_meetings(user))
    return found if sees_hidden(user, meeting) else found.filter(item__hidden=False)


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
    known = {str(speech.public_id): speech.pk for speech in waiting}
    lines = [
        Line(key, str(one.participant.public_id), one.lane, one.position, moment(one.asked_at) or "")
        for key, one in zip(known, waiting, strict=True)
    ]
    ordered = lanes(lines, times_held(item), meeting.queue_order)
    return {lane: [known[key] for key in keys] for lane, keys in ordered.items()}
