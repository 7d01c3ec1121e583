"""Rights: named, brought by roles by default, given to single posts beyond that; packages register theirs."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Right:
    """One right in one agency: which roles bring it by default, and what it lets a person do.

    `reads_as` names the role whose documents of the agency come with it: who keeps the records reads what clerks read.
    A right that is about one kind of thing only (such as preparing meetings) leaves it empty: its own package shows
    those things to whoever has the right, and nothing else of the agency.
    """

    code: str
    label: Promise
    roles: frozenset[str]
    help: "Promise | str" = ""
    reads_as: str = ""


_rights: dict[str, Right] = {}


def register_right(right: Right) -> None:
    """Add a right; called from `AppConfig.ready`."""
    _rights[right.code] = right


def all_rights() -> list[Right]:
    """Return every right, in the order they were registered."""
    return list(_rights.values())


def known_right(code: str) -> Right | None:
    """Return the right with this code, if a package has registered it."""
    return _rights.get(code)


def roles_read_as(codes: Iterable[str]) -> list[str]:
    """Return the roles whose documents these rights let a person read."""
    known = (_rights.get(code) for code in codes)
    return sorted({right.reads_as for right in known if right is not None and right.reads_as})


def roles_with(code: str) -> frozenset[str]:
    """Return the roles that bring this right by default; an unknown code is a defect."""
    return _rights[code].roles
