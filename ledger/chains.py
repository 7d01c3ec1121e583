"""Appending to hash chains: the head row is the lock."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.db import connection

from ledger.hashing import entry_hash, instant
from ledger.insert import insert
from ledger.models import AuditEntry, Transition

if TYPE_CHECKING:
    from ledger.record import Entry

Recorded = tuple["Entry", Transition | None]

# One statement makes the chains that are new, takes the next places and holds the heads until the commit.
TAKE_PLACES = """
    INSERT INTO ledger_chain ("key", "last", head, anchored) VALUES {places}
    ON CONFLICT ("key") DO UPDATE SET "last" = ledger_chain."last" + excluded."last"
    RETURNING "key", id, "last", head
"""
COLUMNS = (
    "chain_id",
    "seq",
    "at",
    "by_id",
    "post_id",
    "verb",
    "object_type",
    "object_id",
    "data",
    "transition_id",
    "previous",
    "hash",
)


def append_entries(recorded: Iterable[Recorded]) -> None:
    """Chain the entries: places taken in ascending order of the chains' keys, rows written, heads moved."""
    by_chain: dict[str, list[Recorded]] = defaultdict(list)
    for entry, transition in recorded:
        by_chain[entry.chain].append((entry, transition))
    rows: list[AuditEntry] = []
    heads: list[tuple[str, int]] = []
    for key, chain_id, last, head in places_taken({key: len(by_chain[key]) for key in sorted(by_chain)}):
        new = chained(by_chain[key], key, AuditEntry(chain_id=chain_id, seq=last - len(by_chain[key]), hash=head))
        rows += new
        heads.append((new[-1].hash, chain_id))
    insert(AuditEntry, COLUMNS, ([getattr(row, name) for name in COLUMNS] for row in rows))
    with connection.cursor() as cursor:
        cursor.executemany("UPDATE ledger_chain SET head = %s WHERE id = %s", heads)


def places_taken(counts: Mapping[str, int]) -> list[tuple[str, int, int, str]]:
    """Return key, id, last new place and the head before it of each chain, the rows locked in the order given."""
    params = [value for key, count in counts.items() for value in (key, count)]
    with connection.cursor() as cursor:
        cursor.execute(TAKE_PLACES.format(places=", ".join(["(%s, %s, '', 0)"] * len(counts))), params)
        return list(cursor.fetchall())


def chained(recorded: list[Recorded], key: str, before: AuditEntry) -> list[AuditEntry]:
    """Return the unsaved rows of one chain that follow the row `before`."""
    rows = []
    for entry, transition in recorded:
        before = row_of(entry, transition, before)
        before.hash = entry_hash(before.previous, chained_fields(before, key))
        rows.append(before)
    return rows


def row_of(entry: "Entry", transition: Transition | None, before: AuditEntry) -> AuditEntry:
    """Return the unsaved row for the place after `before`."""
    return AuditEntry(
        chain_id=before.chain_id,
        seq=before.seq + 1,
        at=entry.at,
        by_id=entry.by_id,
        post_id=entry.post_id,
        verb=entry.verb,
        object_type=entry.object_type,
        object_id=entry.object_id,
        data=entry.data,
        transition=transition,
        previous=before.hash,
    )


def chained_fields(row: AuditEntry, chain_key: str) -> dict[str, Any]:
    """Return everything of a row that its hash covers."""
    return {
        "chain": chain_key,
        "seq": row.seq,
        "at": instant(row.at),
        "by": row.by_id,
        "post": row.post_id,
        "verb": row.verb,
        "type": row.object_type,
        "id": str(row.object_id),
        "data": row.data,
        "transition": transition_fields(row.transition) if row.transition else None,
    }


def transition_fields(transition: Transition) -> dict[str, Any]:
    """Return what the hash covers of the change of state an act brought."""
    return {
        "type": transition.object_type,
        "id": str(transition.object_id),
        "from": transition.source,
        "verb": transition.verb,
        "to": transition.target,
        "at": instant(transition.at),
        "by": transition.by_id,
        "agency": transition.agency_id,
        "attributes": transition.attributes,
    }
