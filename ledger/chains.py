"""Appending to hash chains: the head row is the lock."""

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import connection

from ledger.hashing import entry_hash, instant
from ledger.models import AuditEntry, Chain, Transition

if TYPE_CHECKING:
    from ledger.record import Entry

Recorded = tuple["Entry", Transition | None]

# One statement makes the chain if it is new, takes the next places and holds the head until the commit.
TAKE_PLACES = """
    INSERT INTO ledger_chain ("key", "last", head, anchored) VALUES (%s, %s, '', 0)
    ON CONFLICT ("key") DO UPDATE SET "last" = ledger_chain."last" + excluded."last"
    RETURNING id, "last", head
"""


def append_entries(recorded: Iterable[Recorded]) -> None:
    """Chain the entries, each chain locked once, chain keys ascending."""
    by_chain: dict[str, list[Recorded]] = defaultdict(list)
    for entry, transition in recorded:
        by_chain[entry.chain].append((entry, transition))
    for key in sorted(by_chain):
        append_to_chain(key, by_chain[key])


def append_to_chain(key: str, recorded: list[Recorded]) -> None:
    """Take places in one chain, write the rows, move the head."""
    chain_id, last, head = places_taken(key, len(recorded))
    first = last - len(recorded) + 1
    rows = []
    for seq, (entry, transition) in enumerate(recorded, start=first):
        row = row_of(entry, transition, chain_id=chain_id, seq=seq, previous=head)
        row.hash = head = entry_hash(head, chained_fields(row, key))
        rows.append(row)
    AuditEntry.objects.bulk_create(rows)
    Chain.objects.filter(pk=chain_id).update(head=head)


def places_taken(key: str, count: int) -> tuple[int, int, str]:
    """Return the chain's id, the last of its `count` new places, and the head before them."""
    with connection.cursor() as cursor:
        cursor.execute(TAKE_PLACES, [key, count])
        chain_id, last, head = cursor.fetchone()
    return chain_id, last, head


def row_of(entry: "Entry", transition: Transition | None, *, chain_id: int, seq: int, previous: str) -> AuditEntry:
    """Return the unsaved row for one place of the chain."""
    return AuditEntry(
        chain_id=chain_id,
        seq=seq,
        at=entry.at,
        by_id=entry.by_id,
        post_id=entry.post_id,
        verb=entry.verb,
        object_type=entry.object_type,
        object_id=entry.object_id,
        data=dict(entry.data),
        transition=transition,
        previous=previous,
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
