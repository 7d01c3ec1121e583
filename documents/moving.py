"""Moving a document along its state table, inside an action that has asked the rules."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from documents.models import IncomingDocument, OutgoingDocument
from documents.workflow import INCOMING, OUTGOING
from ledger.record import record
from ledger.workflow import Workflow
from people.models import User


def move_outgoing(
    outgoing: OutgoingDocument,
    verb: str,
    *,
    by: User,
    at: datetime,
    changed: Iterable[str] = (),
    data: Mapping[str, Any] | None = None,
    attributes: Mapping[str, Any] | None = None,
) -> None:
    """Save the state the verb leads to and the `changed` fields, and record the transition."""
    _move(OUTGOING, outgoing, verb, changed, by=by, at=at, data=data, attributes=attributes)


def move_incoming(
    incoming: IncomingDocument,
    verb: str,
    *,
    by: User,
    at: datetime,
    changed: Iterable[str] = (),
    data: Mapping[str, Any] | None = None,
    attributes: Mapping[str, Any] | None = None,
) -> None:
    """Save the state the verb leads to and the `changed` fields, and record the transition."""
    _move(INCOMING, incoming, verb, changed, by=by, at=at, data=data, attributes=attributes)


def _move(
    workflow: Workflow,
    row: OutgoingDocument | IncomingDocument,
    verb: str,
    changed: Iterable[str],
    *,
    by: User,
    at: datetime,
    data: Mapping[str, Any] | None,
    attributes: Mapping[str, Any] | None,
) -> None:
    workflow.verdict(row.state, verb).require()
    move = workflow.move(row.state, verb)
    assert move is not None
    row.state = move.target
    row.save(update_fields=["state", *changed])
    moved = None if move.source == move.target else (move.source, move.target)
    record(row, verb, by=by, at=at, agency_id=row.agency_id, data=data, moved=moved, attributes=attributes)
