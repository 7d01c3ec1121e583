"""Passwords for slips, drawn and hashed before any transaction begins: hashing is slow on purpose."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from people.models import User
from people.slips import new_password

AT_ONCE = 2


@dataclass(frozen=True)
class Draft:
    """A password for somebody who had none that works: `replaces` is what was stored when it was made."""

    user: User
    password: str
    hashed: str
    replaces: str


def drafted(people: Sequence[User]) -> list[Draft]:
    """Draw a password for each and hash it (slow on purpose); nothing is written yet."""
    passwords = [new_password() for _ in people]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        hashes = pool.map(make_password, passwords)
        return [
            Draft(user, password, hashed, user.password)
            for user, password, hashed in zip(people, passwords, hashes, strict=True)
        ]
