"""What the private address of a calendar looks like and how it is kept. Pure."""

import hashlib
import re
import secrets

_FORM = re.compile(r"[A-Za-z0-9_-]{43}")


def new_token() -> str:
    """Return a random token (256 bits)."""
    return secrets.token_urlsafe(32)


def is_token(text: str) -> bool:
    """Can this be one?"""
    return _FORM.fullmatch(text) is not None


def digest(token: str) -> str:
    """Return what is stored: a look-up by this hash tells nothing about the token through timing."""
    return hashlib.sha256(token.encode()).hexdigest()
