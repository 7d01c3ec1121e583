"""Rehearsals: a meeting of simulated people, whose rows are removed afterwards; the record stays."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from ledger.door import action
from ledger.verdict import Refused
from live.ending import drop_streams
from meetings.models import (
    AgendaItem,
    Ballot,
    EnteredBallot,
    Meeting,
    Participant,
    RollEntry,
    SeatRequest,
    Speech,
    Turn,
)
from meetings.records import note
from people.models import Agency, User

TITLE = "Diễn tập kỹ thuật"
LASTS = timedelta(hours=2)


@action
def prepare(agency: Agency, *, kind: str, people: Sequence[User], by: User, at: datetime) -> Meeting:
    """Publish a meeting of these people: the first chairs, the second takes the minutes, all but the second vote."""
    meeting = Meeting.objects.create(
        agency=agency,
        kind=kind,
        title=TITLE,
        starts_at=at,
        ends_at=at + LASTS,
        state="published",
        published_at=at,
        rehearsal=True,
        created_by=by,
        created_at=at,
    )
    items = [AgendaItem(meeting=meeting, position=number, title=f"Nội dung diễn tập {number}") for number in (1, 2)]
    AgendaItem.objects.bulk_create(items)
    roles = ["chair", "secretary", *["member"] * len(people)]
    Participant.objects.bulk_create(
        Participant(meeting=meeting, user=user, role=role, votes=role != "secretary", reply="accepted")
        for user, role in zip(people, roles, strict=False)
    )
    note(meeting, "rehearse", by=by, at=at, data={"people": len(people)})
    return meeting


@action
def clear(meeting: Meeting, *, by: User, at: datetime) -> None:
    """Remove every row of a rehearsal, and its events; the record of it stays."""
    if not meeting.rehearsal:
        raise Refused("not_a_rehearsal")
    of_votes = {"vote__meeting": meeting}
    counted = {"ballots": Ballot.objects.filter(**of_votes).count(), "votes": meeting.votes.count()}
    note(meeting, "clear_rehearsal", by=by, at=at, data=counted)
    for rows in (EnteredBallot.objects, Ballot.objects, RollEntry.objects):
        rows.filter(**of_votes).delete()
    meeting.votes.update(replaces=None)
    meeting.votes.all().delete()
    Turn.objects.filter(speech__meeting=meeting).delete()
    for of_meeting in (Speech.objects, SeatRequest.objects):
        of_meeting.filter(meeting=meeting).delete()
    meeting.conclusions.all().delete()
    Meeting.objects.filter(pk=meeting.pk).update(current_item=None, presenter=None)
    meeting.participants.all().delete()
    meeting.sites.all().delete()
    meeting.items.all().delete()
    drop_streams(meeting.stream)
    meeting.delete()
