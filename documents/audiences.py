"""Audience keys of documents. Pure."""

from collections.abc import Iterable


def home_keys(agency_id: int, *user_ids: int) -> list[str]:
    """Return who always reads a document: clerks and leaders of its agency, and the named people."""
    people = [f"user:{user_id}" for user_id in dict.fromkeys(user_ids)]
    return [f"agency:{agency_id}:clerk", f"agency:{agency_id}:leader", *people]


def with_home(keys: Iterable[str], agency_id: int, *user_ids: int) -> list[str]:
    """Return the keys with the home keys before them, each once."""
    return list(dict.fromkeys([*home_keys(agency_id, *user_ids), *keys]))
