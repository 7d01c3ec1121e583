"""The hash of an audit entry: SHA-256 over its canonical JSON and the hash before it. Pure."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any


def canonical(value: Any) -> bytes:
    """Return `value` as JSON with sorted keys, no spaces, UTF-8 (the order of RFC 8785, without its number rules)."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def instant(at: datetime) -> str:
    """Return an aware time in UTC with microseconds, one spelling for one instant."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def entry_hash(previous: str, fields: Mapping[str, Any]) -> str:
    """Return the hex hash that chains `fields` to `previous`."""
    return hashlib.sha256(previous.encode() + b"\n" + canonical(fields)).hexdigest()
