"""What a snapshot's hash covers, byte for byte: whoever has the file can compute it again."""

import hashlib

from ledger.hashing import canonical, instant
from metrics.models import Snapshot


def frozen_bytes(snapshot: Snapshot) -> bytes:
    """Return the canonical JSON of a snapshot; `sha256sum` of it is the snapshot's hash."""
    return canonical(
        {
            "agency": snapshot.agency.code,
            "indicator": snapshot.indicator,
            "version": snapshot.version,
            "period": snapshot.period,
            "calendar": snapshot.calendar,
            "numerator": snapshot.numerator,
            "denominator": snapshot.denominator,
            "listing": snapshot.listing,
            "taken_at": instant(snapshot.taken_at),
        }
    )


def frozen_hash(snapshot: Snapshot) -> str:
    """Return the SHA-256 over a snapshot as it is now."""
    return hashlib.sha256(frozen_bytes(snapshot)).hexdigest()


def is_intact(snapshot: Snapshot) -> bool:
    """Does the snapshot still say what was frozen?"""
    return frozen_hash(snapshot) == snapshot.sha256
