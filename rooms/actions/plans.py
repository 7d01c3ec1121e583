"""Seat plans of a room: draw, save beside another's, make the main one, remove."""

from datetime import datetime

from ledger.door import action
from ledger.record import record
from ledger.verdict import YES, Unseen, Verdict, first_no, no
from people.models import User
from rooms.models import Room, SeatPlan
from rooms.plan import Plan, is_storable
from rooms.rules import may_manage
from search.fold import composed

LONGEST_NAME = 120


@action
def add(room: Room, *, name: str, layout: Plan, by: User, at: datetime) -> SeatPlan:
    """Add another way to furnish the room; the first one is the main one."""
    room, name = _held(room), _named(name)
    first_no(may_manage(by, room.agency_id), _is_named(room, name)).require()
    first = not SeatPlan.objects.filter(room=room).exists()
    plan = SeatPlan(room=room, name=name, main=first)
    return _kept(plan, layout, "add_plan", by=by, at=at)


@action
def save(plan: SeatPlan, *, name: str, layout: Plan, revision: int, by: User, at: datetime) -> SeatPlan:
    """Save a drawing, unless somebody else saved theirs since `revision` was read."""
    plan, name = _as_it_is(plan), _named(name)
    room = plan.room
    same = YES if plan.revision == revision else no("plan_changed")
    first_no(may_manage(by, room.agency_id), same, _is_named(room, name, besides=plan.pk)).require()
    plan.name = name
    plan.revision += 1
    return _kept(plan, layout, "save_plan", by=by, at=at)


@action
def make_main(plan: SeatPlan, *, by: User, at: datetime) -> None:
    """Have meetings in the room begin with this plan."""
    plan = _as_it_is(plan)
    room = plan.room
    may_manage(by, room.agency_id).require()
    SeatPlan.objects.filter(room=room, main=True).update(main=False)
    SeatPlan.objects.filter(pk=plan.pk).update(main=True)
    record(plan, "make_main", by=by, at=at, agency_id=room.agency_id)


@action
def remove(plan: SeatPlan, *, by: User, at: datetime) -> None:
    """Remove a plan; meetings keep their own copies, and a room keeps one plan at least."""
    plan = _as_it_is(plan)
    room = plan.room
    others = SeatPlan.objects.filter(room=room).exclude(pk=plan.pk)
    first_no(may_manage(by, room.agency_id), YES if others.exists() else no("plan_last")).require()
    record(plan, "remove_plan", by=by, at=at, agency_id=room.agency_id, data={"name": plan.name})
    SeatPlan.objects.filter(pk=plan.pk).delete()
    if not others.filter(main=True).exists():
        SeatPlan.objects.filter(pk=others.values_list("pk", flat=True)[0]).update(main=True)


def _held(room: Room) -> Room:
    """Return the room as it is now, its row held until the commit."""
    return Room.objects.select_for_update(of=("self",), no_key=True).get(pk=room.pk)


def _as_it_is(plan: SeatPlan) -> SeatPlan:
    """Return the plan as it is now, its room held; one that was removed meanwhile is there for nobody."""
    room = _held(plan.room)
    found = SeatPlan.objects.filter(pk=plan.pk).first()
    if found is None:
        raise Unseen
    found.room = room
    return found


def _named(name: str) -> str:
    """Return a name as it is kept; putting letters together may have made it longer than a name may be."""
    return composed(name).strip()[:LONGEST_NAME]


def _kept(plan: SeatPlan, layout: Plan, verb: str, *, by: User, at: datetime) -> SeatPlan:
    """Write the drawing and record it."""
    plan.layout, plan.seats = layout.as_data(), len(layout.seats)
    plan.save()
    facts = {"room": str(plan.room.public_id), "name": plan.name, "seats": plan.seats}
    record(plan, verb, by=by, at=at, agency_id=plan.room.agency_id, data=facts)
    return plan


def _is_named(room: Room, name: str, *, besides: int = 0) -> Verdict:
    """Has the plan a name that no other plan of the room has?"""
    if not name:
        return no("plan_name_missing")
    if not is_storable(name):
        return no("plan_text_wrong")
    taken = SeatPlan.objects.filter(room=room, name=name).exclude(pk=besides).exists()
    return no("plan_name_taken") if taken else YES
