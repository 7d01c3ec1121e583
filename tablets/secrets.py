"""Secrets of tablets and cards: made here, kept as hashes only. A PIN is short, so its hash needs the server's key."""

import hashlib
import re
import secrets

from django.utils.crypto import salted_hmac

PIN_DIGITS = 8
CODE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # read from a screen and typed: no I, L, O, 0, 1
CODE_LENGTH = 8


def new_token() -> str:
    """Return 256 bits for a cookie or a printed code."""
    return secrets.token_urlsafe(32)


def new_pin() -> str:
    """Return a PIN of eight digits."""
    return "".join(secrets.choice("0123456789") for _ in range(PIN_DIGITS))


def new_code() -> str:
    """Return a code to set a tablet up with, good for some minutes."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


def digest(token: str) -> str:
    """Return the hash of a long secret."""
    return hashlib.sha256(token.encode()).hexdigest()


def pin_digest(meeting_id: int, pin: str) -> str:
    """Return the keyed hash of a PIN in one meeting; spaces do not count."""
    return salted_hmac("tablets.pin", f"{meeting_id}:{digits(pin)}", algorithm="sha256").hexdigest()


def code_digest(code: str) -> str:
    """Return the keyed hash of a set-up code; spaces, dashes and case do not count."""
    return salted_hmac("tablets.code", re.sub(r"[\s-]", "", code).upper(), algorithm="sha256").hexdigest()


def digits(pin: str) -> str:
    """Return the digits of what was typed."""
    return re.sub(r"\D", "", pin)


def grouped(secret: str) -> str:
    """Return a PIN or code in groups of four, as it is printed."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
