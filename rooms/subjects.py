"""What bookings are for: upper packages say what of their things a person may see (title and address)."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from people.models import User


@dataclass(frozen=True)
class Shown:
    """What a person may read about a booked thing, and where it stands."""

    title: str
    url: str


Finder = Callable[[User, Collection[int]], Mapping[int, Shown]]
_finders: dict[str, Finder] = {}


def register_subjects(kind: str, finder: Finder) -> None:
    """Let a package name its things: subjects are `kind:<pk>`; called from `AppConfig.ready`."""
    _finders[kind] = finder


def is_foreign(subject: str) -> bool:
    """Does the subject belong to another package, which alone may change its booking?"""
    return subject.partition(":")[0] in _finders


def shown(user: User, subjects: Collection[str]) -> dict[str, Shown]:
    """Return what the person may see of these subjects: one question per kind, however many there are."""
    found: dict[str, Shown] = {}
    for kind, finder in _finders.items():
        keys = [int(key) for name, _, key in (one.partition(":") for one in subjects) if name == kind and key.isdigit()]
        found |= {f"{kind}:{key}": one for key, one in finder(user, keys).items()} if keys else {}
    return found
