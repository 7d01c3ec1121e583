"""Anchors: the heads of the chains, signed by the installation key and exported, so that a rewrite shows."""

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings
from django.db import transaction
from django.db.models import F

from ledger.hashing import canonical, instant
from ledger.keys import installation_key, key_id
from ledger.models import Anchor, Chain

ANCHORS_AT_ONCE = 1000


@dataclass(frozen=True)
class Witness:
    """What an anchor says: chain `chain` stood at `seq` with `head` at the instant `at`."""

    chain: str
    seq: int
    head: str
    at: str
    key_id: str
    signature: str

    def signed_bytes(self) -> bytes:
        """Return the bytes the signature covers."""
        return canonical({"chain": self.chain, "seq": self.seq, "head": self.head, "at": self.at})

    def is_genuine(self, keys: dict[str, Ed25519PublicKey]) -> bool:
        """Is it signed by one of these keys?"""
        try:
            keys[self.key_id].verify(bytes.fromhex(self.signature), self.signed_bytes())
        except (KeyError, ValueError, InvalidSignature):
            return False
        return True


def anchor_heads(*, at: datetime) -> int:
    """Sign every head that moved since its last anchor, store and export the anchors; return how many."""
    moved = Chain.objects.filter(last__gt=F("anchored")).order_by("key")
    total = 0
    while chains := list(moved[:ANCHORS_AT_ONCE]):
        total += len(chains)
        store(chains, [signed(chain, at) for chain in chains])
    return total


def signed(chain: Chain, at: datetime) -> Witness:
    """Return the signed statement of where a chain stands."""
    key = installation_key()
    bare = Witness(chain.key, chain.last, chain.head, instant(at), key_id(key.public_key()), "")
    return Witness(**{**asdict(bare), "signature": key.sign(bare.signed_bytes()).hex()})


def store(chains: list[Chain], witnesses: list[Witness]) -> None:
    """Export first, then store: a crash in between leaves an export without a row, never the reverse."""
    export(witnesses)
    with transaction.atomic():
        Anchor.objects.bulk_create(map(anchor_of, chains, witnesses), ignore_conflicts=True)
        for chain in chains:
            Chain.objects.filter(pk=chain.pk, anchored__lt=chain.last).update(anchored=chain.last)


def anchor_of(chain: Chain, witness: Witness) -> Anchor:
    """Return the unsaved row of one anchor."""
    return Anchor(
        chain=chain,
        seq=witness.seq,
        head=witness.head,
        at=datetime.fromisoformat(witness.at),
        key_id=witness.key_id,
        signature=witness.signature,
    )


def export(witnesses: list[Witness]) -> None:
    """Append anchors to this month's export file, one JSON object a line, on disk before the call returns."""
    if not witnesses:
        return
    path = export_folder() / f"{witnesses[0].at[:7]}.jsonl"
    with path.open("a", encoding="utf-8") as file:
        file.writelines(json.dumps(asdict(witness)) + "\n" for witness in witnesses)
        file.flush()
        os.fsync(file.fileno())


def export_folder() -> Path:
    """Return the folder of the export files; copy it somewhere the database's keeper cannot write."""
    path = Path(getattr(settings, "ANCHORS_DIR", "") or Path(settings.DATA_DIR) / "anchors")
    path.mkdir(parents=True, exist_ok=True)
    return path


def exported(paths: Iterable[Path]) -> Iterator[Witness]:
    """Return the anchors of export files; a line cut off by a crash is left out."""
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            try:
                yield Witness(**json.loads(line))
            except (ValueError, TypeError):
                continue


def stored() -> Iterator[Witness]:
    """Return the anchors of the database."""
    for anchor in Anchor.objects.select_related("chain").order_by("chain__key", "seq").iterator():
        yield Witness(anchor.chain.key, anchor.seq, anchor.head, instant(anchor.at), anchor.key_id, anchor.signature)
