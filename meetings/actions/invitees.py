"""Saved lists: whom an agency invites together again and again."""

from collections.abc import Collection
from datetime import datetime

from ledger.door import action
from ledger.record import record
from ledger.verdict import YES, first_no, no
from meetings.models import InviteeList
from meetings.rights import PREPARE
from people.models import Agency, User
from people.queries import has_right
from search.fold import composed


@action
def save_list(
    agency: Agency, *, name: str, users: Collection[User], units: Collection[Agency], by: User, at: datetime
) -> InviteeList:
    """Keep these people and units under a name; the same name again takes the place of what it held."""
    named = composed(name).strip()[:120]
    first_no(
        YES if has_right(by, agency.pk, PREPARE) else no("not_yours"),
        YES if named and "\0" not in named else no("title_missing"),
        YES if users or units else no("list_empty"),
    ).require()
    kept, made = InviteeList.objects.get_or_create(agency=agency, name=named)
    kept.users.set(users)
    kept.units.set(units)
    data = {"name": named, "people": len(users), "units": len(units)}
    record(kept, "create" if made else "edit", by=by, at=at, agency_id=agency.pk, data=data)
    return kept


@action
def drop_list(kept: InviteeList, *, by: User, at: datetime) -> None:
    """Throw a list away; meetings it was used for keep their people."""
    (YES if has_right(by, kept.agency_id, PREPARE) else no("not_yours")).require()
    record(kept, "drop", by=by, at=at, agency_id=kept.agency_id, data={"name": kept.name})
    kept.delete()
