"""The full-text table: FTS5 on SQLite, tsvector on PostgreSQL, the same words and the same answers on both."""

from typing import Protocol

from django.db import connection

from search.fts.postgresql import PostgresIndex
from search.fts.sqlite import SqliteIndex
from search.query import Term


class FullTextIndex(Protocol):
    """What a vendor's index must do; `page_id` is the key of an `EntryPage`."""

    create_sql: tuple[str, ...]
    drop_sql: tuple[str, ...]

    def put(self, rows: list[tuple[int, str, str]]) -> None:
        """Store (page_id, folded words, exact words), words joined by single spaces."""

    def remove(self, page_ids: list[int]) -> None:
        """Forget these pages."""

    def match(self, terms: list[Term], *, exact: bool) -> tuple[str, list[str]]:
        """Return SQL (and its parameters) that selects the page ids where every term stands."""


def full_text_index() -> FullTextIndex:
    """Return the index of the database in use."""
    return PostgresIndex() if connection.vendor == "postgresql" else SqliteIndex()
