"""Walking one chain: does every row follow from the one before it, and do head and anchors agree? Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ledger.hashing import entry_hash


@dataclass(frozen=True)
class Row:
    """One stored entry; `fields` is what its hash covers."""

    seq: int
    previous: str
    hash: str
    fields: Mapping[str, Any]


@dataclass(frozen=True)
class Broken:
    """The first place of a chain that cannot be vouched for; `fault` is a code of `FAULTS`."""

    chain: str
    seq: int
    fault: str


FAULTS = ("missing", "misplaced", "changed", "cut_off", "head", "anchor", "forged_anchor", "unknown_chain")


@dataclass
class Walk:
    """Where a walk along one chain stands."""

    chain: str
    anchors: Mapping[int, str]
    seq: int = 0
    hash: str = ""

    def step(self, row: Row) -> Broken | None:
        """Go on to the next row, or say what is wrong with it."""
        fault = self.fault_of(row)
        if fault:
            return Broken(self.chain, min(row.seq, self.seq + 1) if fault == "missing" else row.seq, fault)
        self.seq, self.hash = row.seq, row.hash
        return None

    def fault_of(self, row: Row) -> str:
        """Return what is wrong with the next row; empty when nothing is."""
        if row.seq != self.seq + 1:
            return "missing" if row.seq > self.seq + 1 else "misplaced"
        if row.previous != self.hash or entry_hash(self.hash, row.fields) != row.hash:
            return "changed"
        if self.anchors.get(row.seq, row.hash) != row.hash:
            return "anchor"
        return ""

    def end(self, last: int, head: str) -> Broken | None:
        """Compare the end of the chain with its head row and its anchors."""
        if self.seq < max(last, max(self.anchors, default=0)):
            return Broken(self.chain, self.seq + 1, "cut_off")
        if (self.seq, self.hash) != (last, head):
            return Broken(self.chain, self.seq, "head")
        return None


def first_break(chain: str, rows: Iterable[Row], *, last: int, head: str, anchors: Mapping[int, str]) -> Broken | None:
    """Walk the rows of a chain (ascending places) to its head; return the first break."""
    walk = Walk(chain, anchors)
    for row in rows:
        broken = walk.step(row)
        if broken:
            return broken
    return walk.end(last, head)
