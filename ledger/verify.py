"""Vouching for the audit chains: every row, every head, every anchor, and how far the anchors reach."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import F

from ledger.anchors import Witness, stored
from ledger.chains import chained_fields
from ledger.keys import public_keys
from ledger.models import AuditEntry, Chain
from ledger.walk import Broken, Row, first_break


@dataclass
class Report:
    """What was checked, up to the first break."""

    chains: int = 0
    entries: int = 0
    anchors: int = 0
    unanchored: int = 0
    last_anchor: datetime | None = None
    broken: Broken | None = None


@dataclass
class Witnesses:
    """Genuine anchors by chain and place, and the first that is not genuine."""

    heads: dict[str, dict[int, str]] = field(default_factory=lambda: defaultdict(dict))
    count: int = 0
    last: str = ""
    broken: Broken | None = None

    def hear(self, witness: Witness, genuine: bool) -> None:
        """Take one anchor in; a forged one, or one that contradicts another, breaks its chain."""
        known = self.heads[witness.chain].setdefault(witness.seq, witness.head)
        if not genuine or known != witness.head:
            self.broken = self.broken or Broken(witness.chain, witness.seq, "anchor" if genuine else "forged_anchor")
        self.count += 1
        self.last = max(self.last, witness.at)


def verify(exported: Iterable[Witness] = ()) -> Report:
    """Check every chain against its rows, its head and the anchors stored here or given; stop at the first break."""
    witnesses = heard([*stored(), *exported])
    report = Report(anchors=witnesses.count, broken=witnesses.broken)
    report.last_anchor = datetime.fromisoformat(witnesses.last) if witnesses.last else None
    known = set()
    for chain in Chain.objects.order_by("key").iterator():
        known.add(chain.key)
        if report.broken is None:
            check(chain, witnesses.heads[chain.key], report)
    report.broken = report.broken or unknown_chain(witnesses, known)
    return report


def heard(witnesses: Iterable[Witness]) -> Witnesses:
    """Return all anchors, told apart by whether this installation signed them."""
    keys = public_keys()
    result = Witnesses()
    for witness in dict.fromkeys(witnesses):
        result.hear(witness, witness.is_genuine(keys))
    return result


def check(chain: Chain, anchors: dict[int, str], report: Report) -> None:
    """Walk one chain and add what was found to the report."""
    report.chains += 1
    report.entries += chain.last
    report.unanchored += max(0, chain.last - max(anchors, default=0))
    report.broken = first_break(
        chain.key, rows_of(chain), last=chain.last, head=chain.head, anchors=anchors
    ) or beyond_head(chain)


def rows_of(chain: Chain) -> Iterator[Row]:
    """Return the rows of a chain in ascending places, up to the head as it was read: writers may be going on."""
    entries = AuditEntry.objects.filter(chain=chain, seq__lte=chain.last)
    entries = entries.select_related("transition").order_by("seq")
    for entry in entries.iterator(chunk_size=2000):
        yield Row(entry.seq, entry.previous, entry.hash, chained_fields(entry, chain.key))


def beyond_head(chain: Chain) -> Broken | None:
    """Return a break if there are rows the head knows nothing of."""
    rows = AuditEntry.objects.filter(chain=chain, seq__gt=F("chain__last")).order_by("seq")
    seq = rows.values_list("seq", flat=True).first()
    return Broken(chain.key, seq, "head") if seq else None


def unknown_chain(witnesses: Witnesses, known: set[str]) -> Broken | None:
    """Return a break if an anchor names a chain that is gone."""
    gone = sorted(key for key, heads in witnesses.heads.items() if heads and key not in known)
    return Broken(gone[0], 1, "unknown_chain") if gone else None
