"""tsvector built word by word, so that PostgreSQL's own parser (file names, hosts) never splits differently."""

from collections.abc import Sequence

from django.db import connection

from search.fts.asked import MANY_KEYS, Asked, Part, Row

_LAST_POSITION = 16_383  # PostgreSQL keeps no position beyond this one


def _table(part: str) -> tuple[str, ...]:
    """Return what makes one table: rows stay in one piece, the planner knows ten thousand words by their frequency."""
    name = f"search_{part}"
    return (
        (
            f"CREATE TABLE {name} (place bigint PRIMARY KEY, keys text[] NOT NULL, folded tsvector NOT NULL, "
            "exact tsvector NOT NULL) WITH (toast_tuple_target = 8160, fillfactor = 100)"
        ),
        *(f"ALTER TABLE {name} ALTER COLUMN {column} SET STATISTICS 1000" for column in ("folded", "exact", "keys")),
        f"CREATE INDEX {name}_folded ON {name} USING gin (folded, keys)",
        f"CREATE INDEX {name}_exact ON {name} USING gin (exact, keys)",
    )


class PostgresIndex:
    """One table for titles and one for pages, each with an index over words and keys together."""

    create_sql: tuple[str, ...] = (*_table("titles"), *_table("pages"))
    drop_sql: tuple[str, ...] = ("DROP TABLE IF EXISTS search_titles", "DROP TABLE IF EXISTS search_pages")

    def put(self, part: Part, rows: Sequence[Row], keys: Sequence[str]) -> None:
        """Insert the words of these places with their positions."""
        sql = f"COPY search_{part} (place, keys, folded, exact) FROM STDIN"
        with connection.cursor() as cursor, cursor.copy(sql) as stream:
            for row in rows:
                stream.write_row((row.place, list(keys), vector(row.folded), vector(row.exact)))

    def remove(self, part: Part, rows: Sequence[Row], keys: Sequence[str]) -> None:
        """Delete these places."""
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM search_{part} WHERE place = ANY(%s)", [[row.place for row in rows]])

    def clear(self) -> None:
        """Forget everything."""
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE search_titles, search_pages")

    def settle(self) -> None:
        """Tell the planner what the tables hold now; for after a rebuild."""
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE search_titles, search_pages")

    def places(self, asked: Asked) -> tuple[str, list[str | int | list[str]]]:
        """Return SQL, and its parameters, for the places where every term stands, in order."""
        where = [f"{asked.column} @@ %s::tsquery"]
        chosen: list[str | int | list[str]] = [_query(asked)]
        if asked.keys:
            where.append("keys && %s::text[]")
            chosen.append(list(asked.keys))
        if asked.facets:
            where.append("keys @> %s::text[]")
            chosen.append(list(asked.facets))
        sql = f"SELECT place FROM search_{asked.part} WHERE {' AND '.join(where)} AND place > %s AND place < %s"
        # Many keys are tried when few of many pages were the person's: only the index over the keys finds those soon.
        order = "place + 0" if len(asked.keys) > MANY_KEYS else "place"
        return f"{sql} ORDER BY {order}", [*chosen, asked.after, asked.before]


def _query(asked: Asked) -> str:
    phrases = [" <-> ".join(f"'{word}'" for word in words) for words in asked.terms]
    return " & ".join(f"({phrase})" for phrase in [*phrases[:-1], phrases[-1] + (":*" if asked.begun else "")])


def vector(text: str) -> str:
    """Return the words as a tsvector literal; words hold letters and digits only, so quoting is plain."""
    return " ".join(f"'{word}':{min(place, _LAST_POSITION)}" for place, word in enumerate(text.split(), start=1))
