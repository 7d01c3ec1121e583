"""Audience keys of documents. Pure.

Who drafts or signs reads as `agency:<pk>:user:<pk>`: for as long as the person holds a post in the document's agency.
"""

from collections.abc import Iterable


def home_keys(agency_id: int, *user_ids: int) -> list[str]:
    """Return who always reads a document: clerks and leaders of its agency, and named people while in it."""
    people = [own_key(agency_id, user_id) for user_id in dict.fromkeys(user_ids)]
    return [f"agency:{agency_id}:clerk", f"agency:{agency_id}:leader", *people]


def own_key(agency_id: int, user_id: int) -> str:
    """Return the key of one person within one agency."""
    return f"agency:{agency_id}:user:{user_id}"


def with_home(keys: Iterable[str], agency_id: int, *user_ids: int) -> list[str]:
    """Return the keys with the home keys before them, each once."""
    return list(dict.fromkeys([*home_keys(agency_id, *user_ids), *keys]))
