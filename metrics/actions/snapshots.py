"""Freezing a figure with its list and hash."""

from datetime import datetime

from ledger.door import action
from ledger.record import record
from metrics import rules
from metrics.figures import Figure, facts_of
from metrics.frozen import frozen_hash
from metrics.models import Snapshot
from people.models import Agency, User


@action
def freeze(agency: Agency, *, figure: Figure, by: User, at: datetime) -> Snapshot:
    """Keep a figure as it stands now, with the ids of everything it counts and a hash over all of it."""
    rules.may_freeze(by, agency).require()
    listing = {side: _ids(figure, agency, side) for side in ("numerator", "denominator")}
    snapshot = Snapshot(
        agency=agency,
        indicator=figure.indicator.code,
        version=figure.indicator.version,
        period=figure.period.name,
        calendar=figure.period.calendar,
        numerator=len(listing["numerator"]),
        denominator=len(listing["denominator"]),
        listing=listing,
        taken_by=by,
        taken_at=at,
    )
    snapshot.sha256 = frozen_hash(snapshot)
    snapshot.save()
    record(snapshot, "freeze", by=by, at=at, agency_id=agency.pk, data={"sha256": snapshot.sha256})
    return snapshot


def _ids(figure: Figure, agency: Agency, side: str) -> list[str]:
    return [str(object_id) for object_id in facts_of(figure, agency, side=side).values_list("object_id", flat=True)]
