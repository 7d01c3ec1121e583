"""The catalogue of titles of office: entered, corrected, removed; one that posts bear is retired instead."""

from datetime import datetime

from django.db import IntegrityError, transaction

from ledger.door import action, nothing_changed
from ledger.record import record
from ledger.verdict import Refused
from people import rules
from people.catalogue import key_of
from people.locks import locked
from people.models import Agency, Position, User
from people.names import normalised
from people.queries import today


@action
def add(agency: Agency, *, name: str, rank: int, role: str, by: User, at: datetime) -> Position:
    """Enter a title for the agency and everything under it."""
    rules.may_change_agency(by, agency).require()
    position = Position(agency=agency, name=normalised(name), key=key_of(name), rank=rank, role=role)
    _stored(position)
    _note(position, "create", by, at)
    return position


@action
def edit(position: Position, *, revision: int, name: str, rank: int, role: str, by: User, at: datetime) -> Position:
    """Correct a title as it was read at `revision`; what documents have printed stays as it was."""
    position = locked(position)
    rules.may_change_position(by, position).require()
    rules.is_unchanged(position, revision).require()
    wanted = {"name": normalised(name), "key": key_of(name), "rank": rank, "role": role}
    if all(getattr(position, key) == value for key, value in wanted.items()):
        nothing_changed()
        return position
    for key, value in wanted.items():
        setattr(position, key, value)
    position.revision += 1
    _stored(position)
    _note(position, "update", by, at)
    return position


@action
def remove(position: Position, *, by: User, at: datetime) -> bool:
    """Take a title out of the catalogue; return whether it was retired because posts bear or bore it."""
    position = locked(position)
    rules.may_change_position(by, position).require()
    used = position.posts.exists()
    _note(position, "retire" if used else "remove", by, at)
    if used:
        position.retired_on = today()
        position.save(update_fields=["retired_on"])
    else:
        position.delete()
    return used


def _stored(position: Position) -> None:
    """Store the title; of two that ask for one name at once the second is refused."""
    try:
        with transaction.atomic():
            position.save()
    except IntegrityError:
        raise Refused("position_taken") from None


def _note(position: Position, verb: str, by: User, at: datetime) -> None:
    data = {"name": position.name, "rank": position.rank, "role": position.role}
    record(position, verb, by=by, at=at, agency_id=position.agency_id, data=data)
