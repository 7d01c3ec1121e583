"""FTS5: its own folding is switched off (it never folds đ), words come folded."""

from django.db import connection

from search.query import Term


class SqliteIndex:
    """One FTS5 table whose rowid is the page."""

    create_sql: tuple[str, ...] = (
        "CREATE VIRTUAL TABLE search_fts USING fts5(folded, exact, tokenize = 'unicode61 remove_diacritics 0')",
    )
    drop_sql: tuple[str, ...] = ("DROP TABLE IF EXISTS search_fts",)

    def put(self, rows: list[tuple[int, str, str]]) -> None:
        """Insert the pages' words."""
        with connection.cursor() as cursor:
            cursor.executemany("INSERT INTO search_fts (rowid, folded, exact) VALUES (%s, %s, %s)", rows)

    def remove(self, page_ids: list[int]) -> None:
        """Delete the pages' rows."""
        with connection.cursor() as cursor:
            cursor.executemany("DELETE FROM search_fts WHERE rowid = %s", [(page_id,) for page_id in page_ids])

    def match(self, terms: list[Term], *, exact: bool) -> tuple[str, list[str]]:
        """Return a MATCH over one column; each term is a phrase."""
        column = "exact" if exact else "folded"
        phrases = [f'"{" ".join(term.exact if exact else term.folded)}"' for term in terms]
        return "SELECT rowid FROM search_fts WHERE search_fts MATCH %s", [f"{{{column}}} : ({' AND '.join(phrases)})"]
