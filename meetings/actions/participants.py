"""Who takes part: invite, change, remove. A removed person's rights end at once, open sockets included."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from ledger.door import action, nothing_changed
from ledger.verdict import YES, first_no, no
from meetings.details import Seat
from meetings.invitations import tell_invited, tell_people
from meetings.models import Meeting, Participant
from meetings.patches import announce_same, person_patch, revoke, start_afresh, tell
from meetings.presenting import floor_over
from meetings.records import locked, locked_place, note
from meetings.rules.calls import is_secretary
from meetings.rules.meeting import may
from meetings.rules.people import (
    are_sound_seats,
    chair_stays,
    chair_to_follow,
    is_invitable,
    is_sound_seat,
    may_hold_vote,
)
from meetings.seating import NO_ANSWER, end_substitute, seated, seated_together, taken_off
from meetings.snapshot.own import me_data
from meetings.snapshot.views import view_of
from people.models import User

Role = Participant.Role
MOST_AT_ONCE = 300


@dataclass(frozen=True)
class Guestline:
    """One person of many to invite together, and the seat they get."""

    user: User
    seat: Seat


@action
def invite(meeting: Meeting, *, user: User, seat: Seat, by: User, at: datetime) -> Participant:
    """Add a person; one who was removed before comes back to the same place in the record."""
    meeting = locked(meeting)
    first_no(may(by, meeting, "invite"), is_invitable(meeting, user), is_sound_seat(meeting, seat)).require()
    place = seated(meeting, user, asdict(seat), by=by, at=at)
    note(meeting, "invite", by=by, at=at, about=place, data={"user": user.pk, **asdict(seat)})
    tell_invited(meeting, [place], by=by, at=at)
    return place


@action
def invite_many(meeting: Meeting, *, lines: Sequence[Guestline], by: User, at: datetime) -> list[Participant]:
    """Add many people at once; those who take part already stay as they are, so two clerks add nobody twice."""
    meeting = locked(meeting)
    many = no("too_many_at_once", most=MOST_AT_ONCE) if len(lines) > MOST_AT_ONCE else YES
    first_no(may(by, meeting, "invite"), many, YES if lines else no("nothing_chosen")).require()
    taken = set(meeting.participants.filter(removed_at__isnull=True).values_list("user_id", flat=True))
    wanted: dict[User, Seat] = {}
    for line in lines:
        if line.user.pk not in taken and line.user.is_active and not line.user.is_system:
            wanted.setdefault(line.user, line.seat)
    if not wanted:
        nothing_changed()
        return []
    are_sound_seats(meeting, list(wanted.values())).require()
    fields = {user: asdict(seat) for user, seat in wanted.items()}
    made = seated_together(meeting, fields, by=by, at=at)
    people = [{"user": place.user_id, "role": place.role, "votes": place.votes} for place in made]
    note(meeting, "invite_many", by=by, at=at, data={"people": people})
    tell_invited(meeting, made, by=by, at=at)
    return made


@action
def change(place: Participant, *, seat: Seat, revision: int | None = None, by: User, at: datetime) -> Participant:
    """Change role, vote, title or seat, unless somebody else did since `revision` was read.

    A published meeting is never without a chair: whoever is made the chair follows the present one, who stays a member.
    """
    place = locked_place(place)
    meeting = place.meeting
    former = chair_to_follow(place, seat)
    first_no(
        may(by, meeting, "invite"),
        no("wrong_state") if place.removed_at else YES,
        YES if revision in (None, place.revision) else no("changed_meanwhile"),
        chair_stays(place, seat.role),
        is_sound_seat(meeting, seat, besides=place.pk, follows=former.pk if former else 0),
        may_hold_vote(place, seat),
    ).require()
    if former is not None:
        _changed(former, Seat(Role.MEMBER, former.votes, former.title, former.seat), by=by, at=at)
    _changed(place, seat, by=by, at=at)
    return place


def _changed(place: Participant, seat: Seat, *, by: User, at: datetime) -> None:
    """Give the place what was chosen, record and tell it; sockets follow the role."""
    meeting, before, view = place.meeting, (place.role, place.votes), view_of(place)
    followed = view, is_secretary(place)
    for name, value in asdict(seat).items():
        setattr(place, name, value)
    place.revision += 1
    place.save()
    note(meeting, "change_participant", by=by, at=at, about=place, data=asdict(seat))
    announce_same(meeting, "person.changed", person_patch(place), by=by, at=at)
    tell(meeting, place.user, "me.changed", {"me": me_data(place)}, by=by, at=at)
    if view_of(place) != view:
        start_afresh(meeting, Participant.objects.filter(pk=place.pk))
    if (view_of(place), is_secretary(place)) != followed:
        floor_over(place, by=by, at=at)
        revoke(meeting, place.user, by=by, at=at)
    if (place.role, place.votes) != before and place.user_id != by.pk:
        tell_people(meeting, [place.user], "place_changed", at=at)


@action
def order(place: Participant, *, position: int, by: User, at: datetime) -> None:
    """Put the person at this place, from 1, among those of the same role; the others move along."""
    place = locked_place(place)
    meeting = place.meeting
    first_no(may(by, meeting, "invite"), no("wrong_state") if place.removed_at else YES).require()
    row = [other for other in _in_row(meeting, place.role) if other.pk != place.pk]
    row.insert(max(0, min(position - 1, len(row))), place)
    moved = [other for number, other in enumerate(row, start=1) if other.position != number]
    if not moved:
        return nothing_changed()
    for number, other in enumerate(row, start=1):
        other.position = number
    Participant.objects.bulk_update(row, ["position"])
    return note(meeting, "order_participant", by=by, at=at, about=place, data={"position": row.index(place) + 1})


def _in_row(meeting: Meeting, role: str) -> list[Participant]:
    """Return those of one role in their order: placed ones first, then by name."""
    row = meeting.participants.filter(role=role, removed_at__isnull=True).select_related("user")
    return sorted(row, key=lambda place: (place.position or 10_000, place.user.sort_key, place.pk))


@action
def remove(place: Participant, *, by: User, at: datetime) -> None:
    """Take a person out of the meeting, and whoever stands in for them: reading, voting and the room end at once."""
    place = locked_place(place)
    meeting, original = place.meeting, place.stands_in_for
    gone = no("wrong_state") if place.removed_at else YES
    first_no(may(by, meeting, "invite"), gone, chair_stays(place)).require()
    end_substitute(place, by=by, at=at)
    taken_off(place, by=by, at=at)
    note(meeting, "remove_participant", by=by, at=at, about=place, data={"user": place.user_id})
    if original is not None:
        Participant.objects.filter(pk=original.pk, reply="delegated").update(**NO_ANSWER)
        tell_people(meeting, [original.user], "delegation_ended", at=at, name=place.user.full_name)
    if place.user_id != by.pk:
        tell_people(meeting, [place.user], "removed", at=at)
