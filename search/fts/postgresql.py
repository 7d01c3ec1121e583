"""tsvector built word by word, so that PostgreSQL's own parser (file names, hosts) never splits differently."""

from django.db import connection

from search.query import Term

_LAST_POSITION = 16_383  # PostgreSQL keeps no position beyond this one


class PostgresIndex:
    """A side table with one row per page and a GIN index per column."""

    create_sql: tuple[str, ...] = (
        "CREATE TABLE search_fts (page_id bigint PRIMARY KEY, folded tsvector NOT NULL, exact tsvector NOT NULL)",
        "CREATE INDEX search_fts_folded ON search_fts USING gin (folded)",
        "CREATE INDEX search_fts_exact ON search_fts USING gin (exact)",
    )
    drop_sql: tuple[str, ...] = ("DROP TABLE IF EXISTS search_fts",)

    def put(self, rows: list[tuple[int, str, str]]) -> None:
        """Insert the pages' words with their positions."""
        sql = "INSERT INTO search_fts (page_id, folded, exact) VALUES (%s, %s::tsvector, %s::tsvector)"
        with connection.cursor() as cursor:
            cursor.executemany(sql, [(page_id, _vector(folded), _vector(exact)) for page_id, folded, exact in rows])

    def remove(self, page_ids: list[int]) -> None:
        """Delete the pages' rows."""
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM search_fts WHERE page_id = ANY(%s)", [page_ids])

    def match(self, terms: list[Term], *, exact: bool) -> tuple[str, list[str]]:
        """Return a containment test on one column; each term is a phrase."""
        column = "exact" if exact else "folded"
        phrases = [" <-> ".join(f"'{word}'" for word in (term.exact if exact else term.folded)) for term in terms]
        return f"SELECT page_id FROM search_fts WHERE {column} @@ %s::tsquery", [
            " & ".join(f"({phrase})" for phrase in phrases)
        ]


def _vector(text: str) -> str:
    """Return the words as a tsvector literal; words hold letters, digits only, so quoting is plain."""
    return " ".join(f"'{word}':{min(place, _LAST_POSITION)}" for place, word in enumerate(text.split(), start=1))
