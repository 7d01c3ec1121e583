"""Secrets of screens: made here, kept as hashes only. Six digits are few, so their hash needs the server's key."""

import hashlib
import re
import secrets

from django.utils.crypto import salted_hmac

DIGITS = 6


def new_token() -> str:
    """Return 256 bits for the cookie."""
    return secrets.token_urlsafe(32)


def new_code() -> str:
    """Return six digits to be read from the wall."""
    return "".join(secrets.choice("0123456789") for _ in range(DIGITS))


def digest(token: str) -> str:
    """Return the hash of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def code_digest(code: str) -> str:
    """Return the keyed hash of a code; spaces and dashes do not count."""
    return salted_hmac("screens.code", re.sub(r"[\s-]", "", code), algorithm="sha256").hexdigest()
