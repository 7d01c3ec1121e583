"""Rights: named, brought by roles by default, given to single posts beyond that; packages register theirs."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Right:
    """One right in one agency: which roles bring it by default, and what it lets a person do."""

    code: str
    label: Promise
    roles: frozenset[str]
    help: "Promise | str" = ""


_rights: dict[str, Right] = {}


def register_right(right: Right) -> None:
    """Add a right; called from `AppConfig.ready`."""
    _rights[right.code] = right


def all_rights() -> list[Right]:
    """Return every right, in the order they were registered."""
    return list(_rights.values())


def roles_with(code: str) -> frozenset[str]:
    """Return the roles that bring this right by default; an unknown code is a defect."""
    return _rights[code].roles
