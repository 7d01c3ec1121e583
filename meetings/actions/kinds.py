"""What an agency makes of the kinds of meeting: every change is a new dated row, meetings keep the one they have."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from ledger.days import legal_day
from ledger.door import action
from ledger.record import record
from ledger.verdict import YES, first_no, no
from meetings.kinds import changed_kind
from meetings.models import AgencyKind
from people.models import Agency, User
from people.queries import administered_ids, every_agency
from search.fold import composed


@dataclass(frozen=True)
class Wish:
    """How a kind is to be from a day on; `changes` against its base, `basis` on what they rest."""

    base: str
    starts_on: date
    label: str = ""
    offered: bool = True
    changes: Mapping[str, Any] = field(default_factory=dict)


@action
def change_kind(agency: Agency, *, code: str, wish: Wish, by: User, at: datetime) -> AgencyKind:
    """Rename a kind, switch it off or on, or give it other rules, from a day on."""
    every_agency().select_for_update(no_key=True).get(pk=agency.pk)
    rests = (
        YES if str(wish.changes.get("basis", "")).strip() or not set(wish.changes) - {"basis"} else no("basis_missing")
    )
    known = changed_kind(wish.base, wish.starts_on, code=code, label=wish.label, changes=wish.changes)
    first_no(
        YES if agency.pk in administered_ids(by) else no("kind_not_yours"),
        YES if wish.starts_on >= legal_day(at) else no("kind_in_past"),
        YES if known else no("kind_base_unknown"),
        rests,
    ).require()
    standing = AgencyKind.objects.filter(agency=agency, code=code, effective_to__isnull=True).first()
    if standing is not None:
        starts_on = max(wish.starts_on, standing.effective_from)
        AgencyKind.objects.filter(pk=standing.pk).update(effective_to=starts_on)
        wish = Wish(wish.base, starts_on, wish.label, wish.offered, wish.changes)
    row = AgencyKind.objects.create(
        agency=agency,
        code=code,
        base=wish.base,
        label=composed(wish.label).strip(),
        offered=wish.offered,
        changes=dict(wish.changes),
        effective_from=wish.starts_on,
        created_by=by,
        created_at=at,
    )
    data = {**asdict(wish), "starts_on": wish.starts_on.isoformat(), "code": code}
    record(row, "change_kind", by=by, at=at, agency_id=agency.pk, data=data)
    return row
