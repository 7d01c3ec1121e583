"""The catalogue of rooms: add, edit, close, open again."""

from datetime import datetime

from ledger.door import action
from ledger.record import record
from ledger.verdict import YES, Verdict, first_no, no
from people.models import Agency, User
from people.queries import every_agency
from rooms.details import RoomDetails
from rooms.models import Room, SeatPlan
from rooms.plan import EMPTY
from rooms.rules import is_unused, may_manage


@action
def add(agency: Agency, *, details: RoomDetails, plan_name: str, by: User, at: datetime) -> Room:
    """Add a room to the catalogue of its agency, with an empty plan to draw in."""
    every_agency().select_for_update(no_key=True).get(pk=agency.pk)
    first_no(may_manage(by, agency.pk), _is_named(agency.pk, details)).require()
    room = Room.objects.create(agency=agency, **details.as_fields())
    SeatPlan.objects.create(room=room, name=plan_name, layout=EMPTY.as_data(), main=True)
    record(room, "add", by=by, at=at, agency_id=agency.pk, data=details.as_fields())
    return room


@action
def edit(room: Room, *, details: RoomDetails, revision: int, by: User, at: datetime) -> Room:
    """Change what is known of the room, unless somebody else did since `revision` was read."""
    room = _held(room)
    first_no(
        may_manage(by, room.agency_id),
        YES if room.revision == revision else no("room_changed"),
        _is_named(room.agency_id, details, besides=room.pk),
    ).require()
    for name, value in details.as_fields().items():
        setattr(room, name, value)
    room.revision += 1
    room.save()
    record(room, "edit", by=by, at=at, agency_id=room.agency_id, data=details.as_fields())
    return room


@action
def close(room: Room, *, by: User, at: datetime) -> Room:
    """Offer the room no more; refused with the list while something is to take place in it."""
    room = _held(room)
    shut = no("room_closed") if room.closed_at else YES
    first_no(may_manage(by, room.agency_id), shut, is_unused(room, by=by, at=at)).require()
    room.closed_at = at
    room.save(update_fields=["closed_at"])
    record(room, "close", by=by, at=at, agency_id=room.agency_id)
    return room


@action
def reopen(room: Room, *, by: User, at: datetime) -> Room:
    """Offer a closed room again."""
    room = _held(room)
    details = RoomDetails(name=room.name)
    first_no(may_manage(by, room.agency_id), _is_named(room.agency_id, details, besides=room.pk)).require()
    room.closed_at = None
    room.save(update_fields=["closed_at"])
    record(room, "reopen", by=by, at=at, agency_id=room.agency_id)
    return room


def _held(room: Room) -> Room:
    """Return the room as it is now, its agency's catalogue and its row held until the commit."""
    every_agency().select_for_update(no_key=True).get(pk=room.agency_id)
    return Room.objects.select_for_update(of=("self",), no_key=True).get(pk=room.pk)


def _is_named(agency_id: int, details: RoomDetails, *, besides: int = 0) -> Verdict:
    """Has the room a name that no other open room of the agency has?"""
    if not details.name:
        return no("room_name_missing")
    same = Room.objects.filter(agency_id=agency_id, name=details.name, closed_at__isnull=True).exclude(pk=besides)
    return no("room_name_taken") if same.exists() else YES
