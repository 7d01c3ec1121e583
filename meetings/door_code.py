"""The code of a room's door: a new one every half minute, good while it is shown and for one step more. Pure.

A code says its step and proves it: `{step in base 36}{ten letters of an HMAC over site and step}`. Whoever has an
address of a minute ago is told that it is old; whoever has one of another meeting is told so too.
"""

import hashlib
import hmac
from base64 import b32encode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

STEP = 30
KEPT_STEPS = 1
PROOF = 10
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
LONGEST = 24
GOOD, OLD, WRONG = "good", "old", "wrong"


@dataclass(frozen=True)
class Reading:
    """What a code turned out to be, and for which site; the room's own site is empty."""

    state: str
    site: str = ""


def secret_of(key: str, meeting: str) -> bytes:
    """Return the secret of one meeting's doors."""
    return hmac.new(key.encode(), f"door:{meeting}".encode(), hashlib.sha256).digest()


def step_at(at: datetime) -> int:
    """Return the number of the half minute `at` lies in."""
    return int(at.timestamp() // STEP)


def seconds_left(at: datetime) -> int:
    """Return for how long the code of this moment is still the newest: 1 to 30."""
    return STEP - int(at.timestamp() % STEP)


def code_at(secret: bytes, site: str, at: datetime) -> str:
    """Return the code a door shows at `at`."""
    return code_of_step(secret, site, step_at(at))


def code_of_step(secret: bytes, site: str, step: int) -> str:
    """Return the code of one half minute."""
    number = written(step)
    proof = hmac.new(secret, f"{site}:{number}".encode(), hashlib.sha256).digest()
    return number + b32encode(proof).decode().lower()[:PROOF]


def written(number: int) -> str:
    """Return a number in base 36."""
    digits = ""
    while number > 0:
        number, rest = divmod(number, len(DIGITS))
        digits = DIGITS[rest] + digits
    return digits or "0"


def read(secret: bytes, sites: Iterable[str], code: str, at: datetime) -> Reading:
    """Return what this code is at `at`: good now, once good, or never one of these doors."""
    number = code[:-PROOF]
    if not (number and len(code) <= LONGEST and all(one in DIGITS for one in code)):
        return Reading(WRONG)
    step, found = int(number, len(DIGITS)), None
    for site in sites:
        if hmac.compare_digest(code_of_step(secret, site, step), code):
            found = site
    if found is None:
        return Reading(WRONG)
    age = step_at(at) - step
    return Reading(GOOD if 0 <= age <= KEPT_STEPS else OLD, found)
