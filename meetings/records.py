"""Acts go into the meeting's own chain; rows are locked here, the meeting before what hangs on it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import models

from ledger.record import record
from meetings.models import AgendaItem, Conclusion, Duty, EnteredBallot, Meeting, Paper, Participant, Vote
from meetings.workflow import MEETING
from people.models import User

REHEARSAL = "diễn tập"
PAPER_WITH = ("item__meeting__agency", "document", "duty__agency", "replaces")


def note(
    meeting: Meeting,
    verb: str,
    *,
    by: User,
    at: datetime,
    about: models.Model | None = None,
    data: Mapping[str, Any] | None = None,
    moved: tuple[str, str] | None = None,
    attributes: Mapping[str, Any] | None = None,
) -> None:
    """Record an act on the meeting, or on `about` something in it; one of a rehearsal says so and makes no fact."""
    if meeting.rehearsal:
        data, moved = {**(data or {}), "rehearsal": REHEARSAL}, None
    record(
        about or meeting,
        verb,
        by=by,
        at=at,
        agency_id=meeting.agency_id,
        chain=meeting.stream,
        data=data,
        moved=moved,
        attributes=attributes,
    )


def go(meeting: Meeting, verb: str) -> tuple[str, str]:
    """Move the meeting along its table, unsaved; return from where to where."""
    row = MEETING.move(meeting.state, verb)
    if row is None:
        raise ValueError(f"{verb} leads nowhere from {meeting.state}")
    source, meeting.state = meeting.state, row.target
    return source, row.target


def locked(meeting: Meeting) -> Meeting:
    """Return the meeting as it is now, its row held until the commit."""
    return Meeting.objects.select_for_update(of=("self",), no_key=True).select_related("agency").get(pk=meeting.pk)


def locked_item(item: AgendaItem) -> AgendaItem | None:
    """Return the item as it is now, its meeting held; None when it was removed meanwhile."""
    locked(item.meeting)
    return AgendaItem.objects.select_related("meeting__agency").filter(pk=item.pk).first()


def locked_paper(paper: Paper) -> Paper:
    """Return the paper as it is now, its meeting held."""
    locked(paper.item.meeting)
    return Paper.objects.select_related(*PAPER_WITH).get(pk=paper.pk)


def locked_place(place: Participant) -> Participant:
    """Return the participant as they are now, their meeting held."""
    locked(place.meeting)
    return Participant.objects.select_related("meeting__agency", "user", "site").get(pk=place.pk)


def locked_vote(vote: Vote) -> Vote:
    """Return the vote as it is now, its row held: opening, casting and closing wait for each other here."""
    Vote.objects.select_for_update(no_key=True).get(pk=vote.pk)
    return Vote.objects.select_related("meeting__agency", "item", "replaces").get(pk=vote.pk)


def locked_entry(entry: EnteredBallot) -> EnteredBallot:
    """Return the entry as it is now, meeting and vote held."""
    locked(entry.vote.meeting)
    vote = locked_vote(entry.vote)
    entry = EnteredBallot.objects.select_related("participant__user", "entered_by").get(pk=entry.pk)
    entry.vote = vote
    return entry


def locked_conclusion(conclusion: Conclusion) -> Conclusion | None:
    """Return the conclusion as it is now, its meeting held; None when it was removed meanwhile."""
    locked(conclusion.meeting)
    return Conclusion.objects.select_related("meeting__agency", "item").filter(pk=conclusion.pk).first()


def locked_duty(duty: Duty) -> Duty:
    """Return the duty as it is now, its meeting held."""
    locked(duty.item.meeting)
    return Duty.objects.select_related("item__meeting__agency", "agency").get(pk=duty.pk)
