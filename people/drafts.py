"""Passwords for slips, drawn and hashed before any transaction begins: hashing is slow on purpose."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import wraps
from typing import ParamSpec, TypeVar

from django.contrib.auth.hashers import make_password

from people.models import User
from people.slips import new_password

P = ParamSpec("P")
R = TypeVar("R")
AT_ONCE = 2


@dataclass(frozen=True)
class Secret:
    """A password beside its hash."""

    password: str
    hashed: str


UNDRAWN = Secret("", "")


def hashed_first(act: Callable[P, R]) -> Callable[P, R]:
    """Give an action its `secret`, of its `password` or of a new one, before its transaction begins."""

    @wraps(act)
    def with_secret(*args: P.args, **kwargs: P.kwargs) -> R:
        if kwargs.get("secret", UNDRAWN) is UNDRAWN:
            password = str(kwargs.get("password") or new_password())
            kwargs["secret"] = Secret(password, make_password(password))
        return act(*args, **kwargs)

    return with_secret


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
