"""Accounts, posts, rights, imports and races on PostgreSQL."""

from tests.on_postgres import on_postgres

FILES = [
    "test_actions",
    "test_imports",
    "test_log",
    "test_queries",
    "test_races",
    "test_rights",
    "test_sign_in::test_wrong_words_are_refused_then_locked_then_unlocked",
]
test_people_on_postgresql = on_postgres("people", FILES)
