"""Who takes part: invite, change, remove. A removed person's rights end at once, open sockets included."""

from dataclasses import asdict
from datetime import datetime

from ledger.door import action
from ledger.verdict import YES, first_no, no
from meetings.details import Seat
from meetings.models import Meeting, Participant
from meetings.patches import announce_same, person_patch, revoke, start_afresh, tell
from meetings.records import locked, locked_place, note
from meetings.rules.meeting import may
from meetings.rules.people import is_invitable, is_sound_seat
from meetings.snapshot import me_data, personal_snapshot, view_of
from people.models import User

Role = Participant.Role


@action
def invite(meeting: Meeting, *, user: User, seat: Seat, by: User, at: datetime) -> Participant:
    """Add a person; one who was removed before comes back to the same place in the record."""
    meeting = locked(meeting)
    first_no(may(by, meeting, "invite"), is_invitable(meeting, user), is_sound_seat(meeting, seat)).require()
    fields = {**asdict(seat), "removed_at": None, "checked_in_at": None, "left_at": None}
    place, _ = Participant.objects.update_or_create(meeting=meeting, user=user, defaults=fields)
    note(meeting, "invite", by=by, at=at, about=place, data={"user": user.pk, **asdict(seat)})
    announce_same(meeting, "person.invited", person_patch(place), by=by, at=at)
    start_afresh(meeting, Participant.objects.filter(pk=place.pk))
    tell(meeting, user, "me.changed", personal_snapshot(meeting, user), by=by, at=at)
    return place


@action
def change(place: Participant, *, seat: Seat, by: User, at: datetime) -> Participant:
    """Change role, vote, title or seat; a new role means a new view, so open sockets start afresh."""
    place = locked_place(place)
    meeting, view = place.meeting, view_of(place)
    gone = no("wrong_state") if place.removed_at else YES
    first_no(may(by, meeting, "invite"), gone, is_sound_seat(meeting, seat, besides=place.pk)).require()
    for name, value in asdict(seat).items():
        setattr(place, name, value)
    place.save()
    note(meeting, "change_participant", by=by, at=at, about=place, data=asdict(seat))
    announce_same(meeting, "person.changed", person_patch(place), by=by, at=at)
    tell(meeting, place.user, "me.changed", {"me": me_data(place)}, by=by, at=at)
    if view_of(place) != view:
        start_afresh(meeting, Participant.objects.filter(pk=place.pk))
        revoke(meeting, place.user, by=by, at=at)
    return place


@action
def remove(place: Participant, *, by: User, at: datetime) -> None:
    """Take a person out of the meeting: reading, voting and the room end with this transaction."""
    place = locked_place(place)
    meeting = place.meeting
    gone = no("wrong_state") if place.removed_at else YES
    stays = no("chair_stays") if place.role == Role.CHAIR and meeting.published_at else YES
    first_no(may(by, meeting, "invite"), gone, stays).require()
    place.removed_at = at
    place.save(update_fields=["removed_at"])
    note(meeting, "remove_participant", by=by, at=at, about=place, data={"user": place.user_id})
    announce_same(meeting, "person.removed", person_patch(place), by=by, at=at)
    tell(meeting, place.user, "me.removed", {"me": None, "ballots": None}, by=by, at=at)
    revoke(meeting, place.user, by=by, at=at)
