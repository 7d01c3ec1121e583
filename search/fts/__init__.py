"""The full-text tables: FTS5 on SQLite, tsvector on PostgreSQL, the same words and the same answers on both."""

from collections.abc import Sequence
from typing import Protocol

from django.db import connection

from search.fts.asked import Asked, Params, Part, Row
from search.fts.postgresql import PostgresIndex
from search.fts.sqlite import SqliteIndex


class FullTextIndex(Protocol):
    """What a vendor's index must do."""

    create_sql: tuple[str, ...]
    drop_sql: tuple[str, ...]

    def put(self, part: Part, rows: Sequence[Row], keys: Sequence[str]) -> None:
        """Store the words of titles or pages, with the keys and facets they are found under."""

    def remove(self, part: Part, rows: Sequence[Row], keys: Sequence[str]) -> None:
        """Forget what was put with exactly these words and keys."""

    def clear(self) -> None:
        """Forget everything."""

    def is_complete(self, part: Part) -> bool:
        """Do all rows hold what this version keeps of them?"""

    def complete(self) -> int:
        """Add what is missing to some rows of earlier versions, in short transactions; return to how many."""

    def merge(self, *, first: bool) -> bool:
        """Put a little in order of what many small writes left, in a short transaction; tell whether more is left."""

    def places(self, asked: Asked) -> tuple[str, Params]:
        """Return SQL (and its parameters) that selects `place` in order."""


def full_text_index() -> FullTextIndex:
    """Return the index of the database in use."""
    return PostgresIndex() if connection.vendor == "postgresql" else SqliteIndex()
