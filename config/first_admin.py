"""A fresh installation without demo people: its first administrator, let in by a code from the console."""

import hashlib
import hmac
import secrets
from pathlib import Path

from django.conf import settings

from config.secret import write_private

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
LENGTH = 16


def code_path() -> Path:
    """Where the digest of the code lies until it has been used."""
    return Path(settings.KEYS_DIR) / "setup-code"


def new_code() -> str:
    """Make a code, keep its digest, and return it to be printed once; an older one is void."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    code_path().unlink(missing_ok=True)
    write_private(code_path(), digest(code))
    return "-".join(code[start : start + 4] for start in range(0, LENGTH, 4))


def digest(code: str) -> str:
    """Return what is stored instead of the code; capitals, spaces and dashes do not matter."""
    plain = "".join(letter for letter in code.upper() if letter in ALPHABET)
    return hashlib.sha256(plain.encode()).hexdigest()


def is_right(code: str) -> bool:
    """Is this the code printed on the console?"""
    path = code_path()
    return path.exists() and hmac.compare_digest(path.read_text(encoding="ascii"), digest(code))


def void() -> None:
    """The code has been used."""
    code_path().unlink(missing_ok=True)
