"""A workbook on its way in: read, taken over as it was looked at, or dropped."""

from datetime import datetime, timedelta
from typing import Any

from ledger.door import action, nothing_changed
from ledger.record import record
from ledger.verdict import Refused
from people import rules
from people.locks import locked, locked_tree
from people.models import Agency, PeopleImport, User
from people.sheets.plan import Plan
from people.sheets.rows import table_of
from people.sheets.world import names_in, plan_for
from people.sheets.writing import carry_out

KEPT_FOR = timedelta(days=7)


@action
def read_in(
    agency: Agency, *, sheets: list[dict[str, Any]], file_name: str, sha256: str, by: User, at: datetime
) -> PeopleImport:
    """Keep what a workbook says, for it to be looked at; nothing of it is written."""
    rules.administers(by, agency.pk).require()
    intake = PeopleImport.objects.create(
        made_by=by, made_at=at, agency=agency, file_name=file_name[:200], sha256=sha256, rows={"sheets": sheets}
    )
    record(intake, "read", by=by, at=at, agency_id=agency.pk, data={"sha256": sha256})
    return intake


@action
def take_over(intake: PeopleImport, *, fingerprint: str, leave_out: bool, by: User, at: datetime) -> PeopleImport:
    """Write what was looked at: everything, or all but the faulty rows; nothing when anything has changed since."""
    intake = locked(intake)
    if intake.state == PeopleImport.State.DONE:
        nothing_changed()
        return intake
    rules.may_take_over(by, intake).require()
    plan = _held_plan(intake, by)
    if plan.fingerprint() != fingerprint:
        raise Refused("changed_meanwhile")
    if plan.faults and not leave_out:
        raise Refused("import_has_faults", count=plan.left_out())
    carry_out(plan, by=by, at=at)
    return _finished(intake, PeopleImport.State.DONE, plan.counts(), by=by, at=at)


@action
def drop(intake: PeopleImport, *, by: User, at: datetime) -> PeopleImport:
    """Take nothing over and forget the rows."""
    intake = locked(intake)
    if intake.state == PeopleImport.State.DROPPED:
        nothing_changed()
        return intake
    rules.may_take_over(by, intake).require()
    return _finished(intake, PeopleImport.State.DROPPED, {}, by=by, at=at)


@action
def forget_old(*, by: User, at: datetime) -> int:
    """Drop the workbooks nobody has decided on for a week; the system does that."""
    rules.is_system(by).require()
    waiting = PeopleImport.objects.filter(state=PeopleImport.State.READ, made_at__lt=at - KEPT_FOR)
    old = list(waiting.select_for_update(no_key=True).order_by("pk"))
    for intake in old:
        _finished(intake, PeopleImport.State.DROPPED, {}, by=by, at=at)
    if not old:
        nothing_changed()
    return len(old)


def _held_plan(intake: PeopleImport, by: User) -> Plan:
    """Hold the tree and the people the workbook names, then plan anew."""
    sheets = intake.rows["sheets"]
    locked_tree()
    names = names_in(table_of(sheets))
    list(User.objects.select_for_update(no_key=True).filter(username__in=names).order_by("pk").values_list("pk"))
    return plan_for(by, sheets)[1]


def _finished(intake: PeopleImport, state: str, outcome: dict[str, Any], *, by: User, at: datetime) -> PeopleImport:
    """Keep the counts, forget the rows: they are personal data that is not needed any more."""
    intake.state, intake.outcome, intake.rows, intake.finished_at = state, outcome, {}, at
    intake.save(update_fields=["state", "outcome", "rows", "finished_at"])
    verb = "take_over" if state == PeopleImport.State.DONE else "drop"
    record(intake, verb, by=by, at=at, agency_id=intake.agency_id, data={"sha256": intake.sha256, **outcome})
    return intake
