"""What a bearer token looks like and how it is kept. Pure."""

import hashlib
import secrets

PREFIX = "nst_"  # lets secret scanners and people recognise one


def new_token() -> str:
    """Return a random token (256 bits)."""
    return PREFIX + secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """Return what is stored: a look-up by this hash tells nothing about the token through timing."""
    return hashlib.sha256(token.encode()).hexdigest()
