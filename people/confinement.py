"""Sessions that reach one place only: an office tablet opens one meeting for one person, and nothing else of theirs.

A confined session names its place (`meeting:<public id>`); the package that confines sessions says, by the place's
kind, which addresses belong to it. Pages and sockets ask the same question.
"""

from collections.abc import Callable, Mapping
from typing import Any

SESSION_KEY = "confined_to"
HOME = "/tablet/"
ALWAYS = ("/static/", "/i18n/", "/healthz", "/readyz", "/accounts/logout/")

Reaches = Callable[[str, str], bool]
_kinds: dict[str, Reaches] = {}


def register_kind(kind: str, reaches: Reaches) -> None:
    """Let `reaches(id, path)` say which addresses belong to a place of this kind; called from `AppConfig.ready`."""
    _kinds[kind] = reaches


def is_confined(session: Mapping[str, Any]) -> bool:
    """Does this session reach one place only?"""
    return bool(session.get(SESSION_KEY))


def lets_in(session: Mapping[str, Any], path: str) -> bool:
    """May this session open the address? A session that is not confined may ask for anything."""
    place = str(session.get(SESSION_KEY) or "")
    if not place or path.startswith(ALWAYS):
        return True
    kind, _, name = place.partition(":")
    return kind in _kinds and _kinds[kind](name, path)
