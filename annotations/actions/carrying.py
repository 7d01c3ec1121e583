"""Carrying notes over to a newer version: copies of one's own, where their text or page still is."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from annotations.batch import Batch
from annotations.models import Annotation
from annotations.older import Match, carried_id, left_behind
from annotations.operations import Operation
from annotations.rules import may_do
from annotations.standing import Standing, standing_of
from documents.models import Document, Version
from ledger.door import action, private
from people.locks import locked
from people.models import User


@action
def carry_over(document: Document, matches: Sequence[Match], *, version: Version, by: User, at: datetime) -> list[UUID]:
    """Put copies of these notes on the version, each as private as it was; return the copies that were made.

    Only one's own: those not one's own, erased or carried over meanwhile are passed by.
    """
    document = locked(document)
    standing = replace(standing_of(by, document.public_id, anew=True), document=document)
    private()
    waiting = set(left_behind(by, version).filter(pk__in=[one.note.pk for one in matches]).values_list("pk", flat=True))
    origins = {carried_id(one.note, version): one for one in matches if one.shape and one.note.pk in waiting}
    return _copied(standing, origins, version, by, at) if origins else []


def _copied(standing: Standing, origins: dict[UUID, Match], version: Version, by: User, at: datetime) -> list[UUID]:
    """Do the copies as operations of the person, and remember what each was carried over from."""
    asked = [_operation(key, match, version) for key, match in origins.items()]
    batch = Batch(standing, asked, by, at)
    done = [_as_private_as_it_can(batch, one) for one in asked if one.note not in batch.entries]
    kept = [one for one in done if may_do(batch, one)]
    for one in kept:
        batch.do(one)
        (batch.entries[one.note].note or {})["origin"] = str(origins[one.note].note.public_id)
    batch.write()
    rows = {row.public_id: row for row in Annotation.objects.filter(public_id__in=[one.note for one in kept])}
    for key, row in rows.items():
        row.origin = origins[key].note
    Annotation.objects.bulk_update(rows.values(), ["origin"])
    return [one.note for one in kept]


def _operation(key: Any, match: Match, version: Version) -> Operation:
    """Return the copy as the operation that makes a note."""
    note = match.note
    data = {
        "id": str(uuid4()),
        "stamp": 1,
        "do": "put",
        "note": str(key),
        "version": str(version.public_id),
        "page": match.page,
        "kind": note.kind,
        "shape": match.shape,
        "quote": note.quote,
        "style": note.style,
        "body": note.body,
        "to": note.to,
    }
    return Operation(uuid4(), "put", key, data)


def _as_private_as_it_can(batch: Batch, operation: Operation) -> Operation:
    """Return the operation; shared with nobody where those it was shared with are not to be reached any more."""
    if operation.to is None or batch.keys_of(operation.to) is not None:
        return operation
    return Operation(operation.id, operation.do, operation.note, {**operation.data, "to": None})
