"""The seats of a meeting: which plan it sits by, who sits where. Two people never have one seat (`seat_taken_once`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ledger.door import action, nothing_changed
from ledger.verdict import YES, Verdict, first_no, no
from meetings.models import Meeting, Participant, Seating
from meetings.patches import announce_same
from meetings.records import locked, note
from meetings.rules.meeting import may
from meetings.seats import ORDERS, plan_or_empty, seated_by, sitters_of
from meetings.snapshot.people import person_data
from people.models import User
from rooms.plan import Plan

Places = dict[UUID, Participant]


@dataclass(frozen=True)
class Step:
    """One person to another seat; `seen` is where the person sat when this was decided, "" is no seat."""

    seen: str
    seat: str


@action
def furnish(meeting: Meeting, *, name: str, layout: Plan, by: User, at: datetime) -> Seating:
    """Give the meeting its own copy of a plan; whose seat is not in it stands again."""
    meeting = locked(meeting)
    enough = YES if layout.seats else no("plan_without_seats")
    first_no(may(by, meeting, "invite"), enough).require()
    fields = {"name": name[:120], "layout": layout.as_data()}
    seating, _ = Seating.objects.update_or_create(meeting=meeting, defaults=fields)
    places = _places_of(meeting)
    lost = {key: "" for key, place in places.items() if place.seat and layout.seat(place.seat) is None}
    note(meeting, "furnish", by=by, at=at, about=seating, data={"name": seating.name, "seats": len(layout.seats)})
    _written(meeting, places, lost, by=by, at=at)
    return seating


@action
def seat(meeting: Meeting, *, steps: Mapping[UUID, Step], by: User, at: datetime) -> None:
    """Seat people, move them, let them stand: all of it or nothing, and only as everybody still sits as it was seen."""
    meeting = locked(meeting)
    places, layout = _places_of(meeting), plan_or_empty(meeting)
    first_no(may(by, meeting, "invite"), _are_known(places, steps, layout), _are_apart(places, steps)).require()
    wanted = {key: step.seat for key, step in steps.items() if places[key].seat != step.seat}
    if not wanted:
        nothing_changed()
        return
    note(meeting, "seat", by=by, at=at, data={"seats": {str(key): number for key, number in wanted.items()}})
    _written(meeting, places, wanted, by=by, at=at)


@action
def seat_all(meeting: Meeting, *, order: str, by: User, at: datetime) -> int:
    """Seat everybody who is expected by rank, by given name or by unit; return how many found a seat."""
    meeting = locked(meeting)
    known = YES if order in ORDERS else no("seat_order_unknown")
    layout = plan_or_empty(meeting)
    enough = YES if layout.seats else no("plan_without_seats")
    first_no(may(by, meeting, "invite"), known, enough).require()
    places, found = _places_of(meeting), seated_by(order, sitters_of(meeting), layout.seats)
    wanted = {key: found.get(key, "") for key, place in places.items() if place.seat != found.get(key, "")}
    note(meeting, "seat_all", by=by, at=at, data={"order": order, "seated": len(found)})
    _written(meeting, places, wanted, by=by, at=at)
    return len(found)


@action
def clear(meeting: Meeting, *, by: User, at: datetime) -> None:
    """Let everybody stand again."""
    meeting = locked(meeting)
    may(by, meeting, "invite").require()
    places = _places_of(meeting)
    note(meeting, "clear_seats", by=by, at=at)
    _written(meeting, places, {key: "" for key, place in places.items() if place.seat}, by=by, at=at)


def _places_of(meeting: Meeting) -> Places:
    """Return everybody who takes part, by the name the pages know them by."""
    places = meeting.participants.filter(removed_at__isnull=True).select_related("user", "meeting", "stands_in_for")
    return {place.public_id: place for place in places}


def _are_known(places: Places, steps: Mapping[UUID, Step], layout: Plan) -> Verdict:
    """Are these people and seats of this meeting, and does everybody still sit where it was seen?"""
    if not set(steps) <= set(places):
        return no("not_a_participant")
    numbers = {seat.id for seat in layout.seats} | {""}
    if any(step.seat not in numbers for step in steps.values()):
        return no("seat_unknown")
    return YES if all(places[key].seat == step.seen for key, step in steps.items()) else no("seats_changed")


def _are_apart(places: Places, steps: Mapping[UUID, Step]) -> Verdict:
    """Would everybody then have a seat of their own?"""
    after = [steps[key].seat if key in steps else place.seat for key, place in places.items()]
    taken = [number for number in after if number]
    return YES if len(taken) == len(set(taken)) else no("seat_taken")


def _written(meeting: Meeting, places: Places, wanted: Mapping[UUID, str], *, by: User, at: datetime) -> None:
    """Write the seats, those who leave one first, and tell the room in one event."""
    if not wanted:
        return
    moved = [places[key] for key in wanted]
    Participant.objects.filter(pk__in=[place.pk for place in moved]).update(seat="")
    for place in moved:
        place.seat = wanted[place.public_id]
    Participant.objects.bulk_update([place for place in moved if place.seat], ["seat"], batch_size=200)
    patch = {"people": {str(place.public_id): person_data(place) for place in moved}}
    announce_same(meeting, "person.changed", patch, by=by, at=at)
