"""Telling the room: one patch per view on the meeting's stream, and personal patches on each person's own."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import QuerySet, prefetch_related_objects

from live.control import rights_changed
from live.publish import publish, when_numbered
from meetings.models import AgendaItem, Conclusion, Meeting, Participant, Vote
from meetings.queries.room import is_shown, quorum_of
from meetings.queries.votes import inside_of, shown_votes
from meetings.snapshot.agenda import items_for
from meetings.snapshot.meeting import meeting_data
from meetings.snapshot.outcome import conclusion_for
from meetings.snapshot.people import person_data, presence_data
from meetings.snapshot.speaking import speech_for, with_turns
from meetings.snapshot.views import CHAIR, GUEST, MEMBER
from meetings.snapshot.votes import vote_for
from people.models import User

Patch = Mapping[str, Any]


def announce(meeting: Meeting, kind: str, patch: Callable[[str], Patch], *, by: User | None, at: datetime) -> None:
    """Publish an event whose patch may differ by view; ballots of several people name nobody."""
    members = patch(MEMBER)
    others = {view: patch(view) for view in (CHAIR, GUEST)}
    views = {view: other for view, other in others.items() if other != members}
    publish(meeting.stream, kind, members, by=by, at=at, views=views)


def announce_same(meeting: Meeting, kind: str, patch: Patch, *, by: User, at: datetime) -> None:
    """Publish an event that is the same for every view."""
    publish(meeting.stream, kind, patch, by=by, at=at)


def personal_stream(meeting: Meeting, user_id: int) -> str:
    """Return the key of one person's own stream in this meeting."""
    return f"{meeting.stream}:user:{user_id}"


def tell(meeting: Meeting, user: User, kind: str, patch: Patch, *, by: User, at: datetime) -> None:
    """Publish a patch that only this person gets."""
    publish(personal_stream(meeting, user.pk), kind, patch, by=by, at=at)


def revoke(meeting: Meeting, user: User, *, by: User, at: datetime) -> None:
    """Have every process look again at what this person's sockets in this room may hear."""
    rights_changed(user_id=user.pk, stream=meeting.stream, by=by, at=at)


def start_afresh(meeting: Meeting, places: QuerySet[Participant]) -> None:
    """Have these people's pages begin with a snapshot: what was published so far is not replayed to them."""
    when_numbered(meeting.stream, lambda number: places.update(told_from=number))


def meeting_patch(meeting: Meeting) -> Patch:
    """Return the meeting's line as a patch."""
    current = AgendaItem.objects.get(pk=meeting.current_item_id) if meeting.current_item_id else None
    return {"meeting": meeting_data(meeting, quorum_of(meeting), current)}


def person_patch(place: Participant, *, with_quorum: bool = True) -> Patch:
    """Return one participant as a patch, with the quorum that follows from it."""
    patch: dict[str, Any] = {"people": {str(place.public_id): person_data(place) if is_shown(place) else None}}
    if with_quorum:
        patch["meeting"] = {"quorum": quorum_of(place.meeting).as_data()}
    return patch


def presence_patch(meeting: Meeting, places: Iterable[Participant]) -> Patch:
    """Return who is here of these people, who all take part, with the quorum that follows from it."""
    people = {str(place.public_id): presence_data(place) for place in places}
    return {"people": people, "meeting": {"quorum": quorum_of(meeting).as_data()}}


def agenda_patch(
    meeting: Meeting,
    *,
    gone: Iterable[AgendaItem] = (),
    veiled: Iterable[AgendaItem] = (),
    unveiled: Iterable[AgendaItem] = (),
) -> Callable[[str], Patch]:
    """Return the agenda as each view's patch; `gone` were removed, `veiled` hidden, `unveiled` shown again.

    Who never saw a hidden item learns nothing of its end either.
    """
    items = list(meeting.items.select_related("owner_unit"))
    gone, veiled, unveiled = list(gone), list(veiled), list(unveiled)
    votes = list(shown_votes(meeting).filter(item__in=[*veiled, *unveiled]))
    inside = inside_of(votes)
    said = meeting.conclusions.filter(item__in=[*veiled, *unveiled]).select_related("item").prefetch_related("files")
    spoken = list(with_turns(meeting.speeches.filter(item__in=[*veiled, *unveiled])))

    def patch(view: str) -> Patch:
        lost = [item for item in gone if view == CHAIR or not item.hidden]
        lost += [] if view == CHAIR else veiled
        lines = {"items": items_for(items, view) | {str(item.public_id): None for item in lost}}
        asked = {str(vote.public_id): vote_for(vote, view, inside[vote.pk]) for vote in votes}
        concluded = {str(line.public_id): conclusion_for(line, view) for line in said}
        waiting = {str(one.public_id): speech_for(one, view) for one in spoken}
        parts = {"votes": asked, "conclusions": concluded, "speeches": waiting}
        return lines | {name: part for name, part in parts.items() if part}

    return patch


def conclusions_patch(lines: Iterable[Conclusion]) -> Callable[[str], Patch]:
    """Return these conclusions as each view's patch."""
    said = list(lines)
    prefetch_related_objects(said, "files")
    return lambda view: {"conclusions": {str(line.public_id): conclusion_for(line, view) for line in said}}


def speeches_patch(meeting: Meeting, keys: Iterable[int]) -> Callable[[str], Patch]:
    """Return these requests to speak as each view's patch, as they are now."""
    asked = list(with_turns(meeting.speeches.filter(pk__in=list(keys))))
    return lambda view: {"speeches": {str(speech.public_id): speech_for(speech, view) for speech in asked}}


def vote_patch(vote: Vote) -> Callable[[str], Patch]:
    """Return the vote as each view's patch, from its ballots and what was entered by name."""
    inside = inside_of([vote])[vote.pk]
    return lambda view: {"votes": {str(vote.public_id): vote_for(vote, view, inside)}}
