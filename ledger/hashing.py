"""The hash of an audit entry: SHA-256 over its canonical JSON and the hash before it. Pure."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

# Made once: `json.dumps` with options makes an encoder every time, and every act is encoded.
CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def json_value(value: Any) -> Any:
    """Return `value` as both databases give it back: string keys, lists, whole floats as integers.

    PostgreSQL writes 1e22 out in full and SQLite does not, so a float without a fraction has one spelling here.
    """
    return one_spelling(json.loads(json.dumps(value, allow_nan=False)))


def one_spelling(value: Any) -> Any:
    """Return parsed JSON with whole floats as integers."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {key: one_spelling(item) for key, item in value.items()}
    if isinstance(value, list):
        return [one_spelling(item) for item in value]
    return value


def canonical(value: Any) -> bytes:
    """Return `value` as JSON with sorted keys, no spaces, UTF-8 (the order of RFC 8785, without its number rules)."""
    return CANONICAL.encode(one_spelling(value)).encode()


def instant(at: datetime) -> str:
    """Return an aware time in UTC with microseconds, one spelling for one instant."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def entry_hash(previous: str, fields: Mapping[str, Any]) -> str:
    """Return the hex hash that chains `fields` to `previous`."""
    return hashlib.sha256(previous.encode() + b"\n" + canonical(fields)).hexdigest()
