"""Leaving a trace: audit entry, transition and facts of one act, written when the door closes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models

from ledger.chains import append_entries
from ledger.door import LEDGER, Writ, current_writ
from ledger.facts import write_facts
from ledger.hashing import json_value
from ledger.models import Transition


@dataclass(frozen=True)
class Entry:
    """One act, ready to be chained."""

    chain: str
    verb: str
    object_type: str
    object_id: UUID
    by_id: int
    post_id: int | None
    at: datetime
    agency_id: int
    data: Mapping[str, Any] = field(default_factory=dict)
    moved: tuple[str, str] | None = None
    attributes: Mapping[str, Any] = field(default_factory=dict)


def record(
    obj: models.Model,
    verb: str,
    *,
    by: Any,
    at: datetime,
    agency_id: int,
    chain: str = "",
    data: Mapping[str, Any] | None = None,
    moved: tuple[str, str] | None = None,
    attributes: Mapping[str, Any] | None = None,
) -> None:
    """Record that `by` did `verb` to `obj` (which has a `public_id`) at `at`.

    `agency_id` owns the object; `chain` defaults to that agency's chain. `moved=(from, to)` adds a transition whose
    `attributes` are frozen and from which facts are computed. `data` and `attributes` must be JSON values.
    """
    entry = Entry(
        chain=chain or f"agency:{agency_id}",
        verb=verb,
        object_type=obj._meta.label_lower,
        object_id=obj.public_id,  # type: ignore[attr-defined]
        by_id=by.pk,
        post_id=by.post_for(agency_id) if hasattr(by, "post_for") else None,
        at=at,
        agency_id=agency_id,
        data=json_value(data or {}),
        moved=moved,
        attributes=json_value(attributes or {}),
    )
    remember(current_writ(), entry)


def remember(writ: Writ, entry: Entry) -> None:
    """Keep one entry back until the door closes."""
    if not writ.entries:
        writ.at_end(LEDGER, lambda: write_entries(writ.entries))
    writ.entries.append(entry)


def write_entries(entries: list[Entry]) -> None:
    """Write transitions and facts, then the chains in ascending order of their keys."""
    moves = [transition_of(entry) if entry.moved else None for entry in entries]
    transitions = [move for move in moves if move is not None]
    if transitions:
        write_facts(Transition.objects.bulk_create(transitions))
    append_entries(zip(entries, moves, strict=True))


def transition_of(entry: Entry) -> Transition:
    """Return the unsaved transition of an entry that moved its object."""
    assert entry.moved is not None
    return Transition(
        object_type=entry.object_type,
        object_id=entry.object_id,
        source=entry.moved[0],
        verb=entry.verb,
        target=entry.moved[1],
        at=entry.at,
        by_id=entry.by_id,
        agency_id=entry.agency_id,
        attributes=dict(entry.attributes),
    )
