"""Appending to hash chains: the head row is the lock."""

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ledger.hashing import entry_hash, instant
from ledger.models import AuditEntry, Chain

if TYPE_CHECKING:
    from ledger.record import Entry


def append_entries(entries: Iterable["Entry"]) -> None:
    """Chain the entries, each chain locked once, chain keys ascending."""
    by_chain: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_chain[entry.chain].append(entry)
    for key in sorted(by_chain):
        append_to_chain(key, by_chain[key])


def append_to_chain(key: str, entries: list["Entry"]) -> None:
    """Lock one head, write the rows behind it, move it."""
    chain = locked_chain(key)
    rows = []
    for entry in entries:
        chain.last += 1
        row = row_of(entry, chain)
        chain.head = row.hash
        rows.append(row)
    AuditEntry.objects.bulk_create(rows)
    chain.save(update_fields=["last", "head"])


def locked_chain(key: str) -> Chain:
    """Return the head row, held until the commit; a new chain starts empty."""
    Chain.objects.get_or_create(key=key)
    return Chain.objects.select_for_update().get(key=key)


def row_of(entry: "Entry", chain: Chain) -> AuditEntry:
    """Return the unsaved row for the next place of the chain."""
    row = AuditEntry(
        chain=chain,
        seq=chain.last,
        at=entry.at,
        by_id=entry.by_id,
        post_id=entry.post_id,
        verb=entry.verb,
        object_type=entry.object_type,
        object_id=entry.object_id,
        data=dict(entry.data),
        previous=chain.head,
    )
    row.hash = entry_hash(chain.head, chained_fields(row, chain.key))
    return row


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
    }
