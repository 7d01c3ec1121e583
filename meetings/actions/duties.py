"""What units must prepare: asked of them, changed, no longer asked; whom the unit puts in charge."""

from collections.abc import Sequence
from datetime import datetime

from ledger.door import action, nothing_changed
from ledger.verdict import YES, Refused, first_no, no
from live.control import rights_changed
from meetings.models import AgendaItem, Duty, Meeting
from meetings.paper_news import about_duty, tell_unit
from meetings.records import locked, locked_duty, locked_item, note
from meetings.rules.duties import is_colleague, is_sound_duty, may_appoint
from meetings.rules.meeting import may
from notices.actions.telling import take_back
from people.models import Agency, User
from search.fold import composed

URGING = ("meetings.duty_assigned", "meetings.duty_changed", "meetings.duty_soon", "meetings.duty_late")


@action
def assign(
    item: AgendaItem, *, units: Sequence[Agency], what: str = "", due_at: datetime, by: User, at: datetime
) -> list[Duty]:
    """Ask these units to prepare papers for the item by a time; one that was let off is asked again."""
    found = locked_item(item)
    if found is None:
        raise Refused("item_unknown")
    what = composed(what).strip()
    chosen = YES if units else no("unit_missing")
    living = no("unit_missing") if any(unit.dissolved_on for unit in units) else YES
    first_no(may(by, found.meeting, "arrange"), chosen, living, is_sound_duty(what, due_at, at)).require()
    _none_asked_twice(found, units)
    return [_assigned(found, unit, what, due_at, by=by, at=at) for unit in units]


@action
def assign_all(
    meeting: Meeting,
    *,
    items: Sequence[AgendaItem],
    units: Sequence[Agency],
    what: str = "",
    due_at: datetime,
    by: User,
    at: datetime,
) -> list[Duty]:
    """Ask these units to prepare papers for each of these items: all of it, or nothing."""
    locked(meeting)
    own = no("item_unknown") if any(item.meeting_id != meeting.pk for item in items) else YES
    own.require()
    made = [assign(item, units=units, what=what, due_at=due_at, by=by, at=at) for item in items]
    return [duty for duties in made for duty in duties]


def _none_asked_twice(item: AgendaItem, units: Sequence[Agency]) -> None:
    """Refuse a unit that already prepares something for the item."""
    asked = item.duties.filter(waived_at__isnull=True, agency__in=units).select_related("agency").first()
    if asked is not None:
        raise Refused("duty_exists", unit=asked.agency.name)


def _assigned(item: AgendaItem, unit: Agency, what: str, due_at: datetime, *, by: User, at: datetime) -> Duty:
    fresh = {"what": what, "due_at": due_at, "created_by": by, "created_at": at, "waived_at": None}
    duty, made = Duty.objects.get_or_create(item=item, agency=unit, defaults=fresh)
    if not made:
        for name, value in fresh.items():
            setattr(duty, name, value)
        duty.revision += 1
        duty.save()
    note(item.meeting, "assign", by=by, at=at, about=duty, data=_data(duty))
    tell_unit(duty, "meetings.duty_assigned", by=by, at=at)
    return duty


def _data(duty: Duty) -> dict[str, object]:
    return {"unit": duty.agency.name, "item": duty.item.title, "what": duty.what, "due_at": duty.due_at.isoformat()}


@action
def change(duty: Duty, *, what: str, due_at: datetime, revision: int, by: User, at: datetime) -> Duty:
    """Ask for something else, or by another time, unless somebody changed the duty since `revision` was read."""
    duty = locked_duty(duty)
    same = YES if duty.revision == revision else no("changed_meanwhile")
    asked = no("duty_waived") if duty.waived_at else YES
    what = composed(what).strip()
    kept = YES if duty.due_at == due_at else is_sound_duty(what, due_at, at)
    first_no(may(by, duty.item.meeting, "arrange"), asked, same, kept).require()
    if (duty.what, duty.due_at) == (what, due_at):
        nothing_changed()
        return duty
    duty.what, duty.due_at, duty.revision = what, due_at, duty.revision + 1
    duty.save(update_fields=["what", "due_at", "revision"])
    note(duty.item.meeting, "change_duty", by=by, at=at, about=duty, data=_data(duty))
    take_back(about_duty(duty), at=at, kinds=URGING)
    tell_unit(duty, "meetings.duty_changed", by=by, at=at)
    return duty


@action
def waive(duty: Duty, *, by: User, at: datetime) -> None:
    """Ask for it no longer; what the unit already brought stays."""
    duty = locked_duty(duty)
    first_no(may(by, duty.item.meeting, "arrange"), no("duty_waived") if duty.waived_at else YES).require()
    duty.waived_at, duty.revision = at, duty.revision + 1
    duty.save(update_fields=["waived_at", "revision"])
    note(duty.item.meeting, "waive", by=by, at=at, about=duty, data=_data(duty))
    take_back(about_duty(duty), at=at, kinds=URGING)
    tell_unit(duty, "meetings.duty_waived", by=by, at=at)


@action
def appoint(duty: Duty, *, people: Sequence[User], by: User, at: datetime) -> None:
    """Put exactly these colleagues of the unit in charge of the duty; who no longer is loses its papers at once."""
    duty = locked_duty(duty)
    first_no(may_appoint(by, duty), *(is_colleague(user, duty) for user in people)).require()
    had = set(duty.people.values_list("pk", flat=True))
    wanted = {user.pk for user in people}
    if had == wanted:
        return nothing_changed()
    duty.people.set(people)
    for user_id in sorted(had ^ wanted):
        rights_changed(user_id=user_id, stream=None, by=by, at=at)
    note(duty.item.meeting, "appoint", by=by, at=at, about=duty, data={"people": sorted(wanted)})
    new = [user for user in people if user.pk not in had and user.pk != by.pk]
    return tell_unit(duty, "meetings.duty_given", by=by, at=at, only=new)
