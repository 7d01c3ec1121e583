"""The digest of a result as it is shown: whoever sees the same eight characters sees the same result. Pure.

The browser computes it from its own state (js/room/digest.js); both run tests/meetings/fixtures/digest.json.
"""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

# What a digest is of, and nothing else: the names of the canonical JSON.
OF = ("vote", "question", "options", "counts", "members", "present", "cast", "carried", "annulled")


def shown_result(
    vote: str, question: str, options: list[Mapping[str, Any]], result: Mapping[str, Any], *, annulled: bool
) -> dict[str, Any]:
    """Return what the digest of a result is of; `carried` names the options where options were written."""
    return {
        "vote": vote,
        "question": question,
        "options": [{"code": option["code"], "label": option["label"]} for option in options],
        "counts": result["counts"],
        "members": result["members"],
        "present": result["present"] + result["late"],
        "cast": result["cast"],
        "carried": result.get("chosen", result["carried"]),
        "annulled": annulled,
    }


def canonical(shown: Mapping[str, Any]) -> str:
    """Return the one way to write it: names sorted, no spaces, every letter as itself."""
    return json.dumps(shown, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest_of(shown: Mapping[str, Any]) -> str:
    """Return the SHA-256 of the canonical JSON, in hexadecimal."""
    return sha256(canonical(shown).encode()).hexdigest()


def short(digest: str) -> str:
    """Return the eight characters people compare: 7F3A 91C2."""
    head = digest[:8].upper()
    return f"{head[:4]} {head[4:]}"
