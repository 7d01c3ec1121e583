"""Appending to hash chains: the head row is the lock."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

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
    rows: list[tuple[Any, ...]] = []
    heads: list[tuple[str, int]] = []
    for key, chain_id, last, head in places_taken({key: len(by_chain[key]) for key in sorted(by_chain)}):
        new = chained(by_chain[key], key, chain_id, last - len(by_chain[key]), head)
        rows += new
        heads.append((new[-1][-1], chain_id))
    insert(AuditEntry, COLUMNS, rows)
    with connection.cursor() as cursor:
        cursor.executemany("UPDATE ledger_chain SET head = %s WHERE id = %s", heads)


def places_taken(counts: Mapping[str, int]) -> list[tuple[str, int, int, str]]:
    """Return key, id, last new place and the head before it of each chain, the rows locked in the order given."""
    params = [value for key, count in counts.items() for value in (key, count)]
    with connection.cursor() as cursor:
        cursor.execute(TAKE_PLACES.format(places=", ".join(["(%s, %s, '', 0)"] * len(counts))), params)
        return list(cursor.fetchall())


def chained(recorded: list[Recorded], key: str, chain_id: int, last: int, head: str) -> list[tuple[Any, ...]]:
    """Return the rows of one chain, in the order of `COLUMNS`, that follow place `last` with the hash `head`."""
    rows = []
    for seq, (entry, transition) in enumerate(recorded, start=last + 1):
        what = (entry.at, entry.by_id, entry.post_id, entry.verb, entry.object_type, entry.object_id, entry.data)
        previous, head = head, entry_hash(head, covered(key, seq, *what, transition))
        rows.append((chain_id, seq, *what, transition.pk if transition else None, previous, head))
    return rows


def chained_fields(row: AuditEntry, chain_key: str) -> dict[str, Any]:
    """Return everything of a stored row that its hash covers."""
    what = (row.at, row.by_id, row.post_id, row.verb, row.object_type, row.object_id, row.data)
    return covered(chain_key, row.seq, *what, row.transition)


def covered(
    chain: str,
    seq: int,
    at: datetime,
    by_id: int,
    post_id: int | None,
    verb: str,
    object_type: str,
    object_id: UUID,
    data: Any,
    transition: Transition | None,
) -> dict[str, Any]:
    """Return everything of an entry that its hash covers."""
    return {
        "chain": chain,
        "seq": seq,
        "at": instant(at),
        "by": by_id,
        "post": post_id,
        "verb": verb,
        "type": object_type,
        "id": str(object_id),
        "data": data,
        "transition": transition_fields(transition) if transition else None,
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
