"""The kinds of notice; upper packages register theirs from `AppConfig.ready`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True)
class NoticeKind:
    """A kind of notice: its sentence holds `%(name)s` places; an `urgent` one does not wait out quiet hours."""

    code: str
    sentence: Promise
    icon: str = "bell"
    urgent: bool = False


_kinds: dict[str, NoticeKind] = {}


def register_kind(kind: NoticeKind) -> None:
    """Add a kind; the same code again replaces it."""
    _kinds[kind.code] = kind


def kind_of(code: str) -> NoticeKind:
    """Return a registered kind; an unknown code is a defect."""
    return _kinds[code]


def sentence(code: str, values: Mapping[str, Any]) -> str:
    """Return the notice in the active language."""
    return str(kind_of(code).sentence) % values
