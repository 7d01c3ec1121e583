"""A slip of paper with a first password: shown once, good for some days, replaced at the first sign-in."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from people.models import User

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # no l, i, o, 0, 1: it is read from paper
GROUPS, GROUP = 4, 4
VALID_FOR = timedelta(days=7)


@dataclass(frozen=True)
class Slip:
    """What is printed and handed over; the password is stored nowhere else."""

    user: "User"
    password: str
    valid_until: datetime


def new_password() -> str:
    """Return a random password of 16 letters and digits in groups of four (79 bits)."""
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(GROUP)) for _ in range(GROUPS))
    return "-".join(groups)
