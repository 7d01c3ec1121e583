"""What kinds of things can be found, as the packages that feed the index call them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Kind:
    """One kind of object: its name on screen, its icon, and whether its pages are pages one can turn to."""

    key: str
    label: str | Promise
    icon: str
    paged: bool = False
    listed: bool = True  # can results be narrowed to it
    forms: Callable[[], Sequence[tuple[str, str]]] | None = None  # facets it can be narrowed to, with their names


_kinds: dict[str, Kind] = {}


def register_kind(kind: Kind) -> None:
    """Name a kind; called from the package's `AppConfig.ready`, the same key again replaces it."""
    _kinds[kind.key] = kind


def kind_of(key: str) -> Kind:
    """Return the kind; one nobody has named goes by its key."""
    return _kinds.get(key, Kind(key, key, "file-text"))


def known_kinds() -> list[Kind]:
    """Return the kinds in the order they were named."""
    return [kind for kind in _kinds.values() if kind.listed]
