"""FTS5 without the text: words come folded, one token each, and a page's rowid is its place among the results."""

from collections.abc import Sequence

from django.db import connection, transaction

from search.fts.asked import PARTS, Asked, Params, Part, Row, join_words

MERGED_AT_ONCE = 250  # pages of 4 kB written in one step: nobody waits long for their turn to write


class SqliteIndex:
    """One contentless table for titles (a word may be begun only) and one for pages."""

    create_sql: tuple[str, ...] = (
        (
            "CREATE VIRTUAL TABLE search_titles USING fts5(folded, exact, keys, content = '', prefix = '1 2 3', "
            "tokenize = \"ascii tokenchars ':_'\")"
        ),
        (
            "CREATE VIRTUAL TABLE search_pages USING fts5(folded, exact, keys, content = '', "
            "tokenize = \"ascii tokenchars ':_'\")"
        ),
    )
    drop_sql: tuple[str, ...] = ("DROP TABLE IF EXISTS search_titles", "DROP TABLE IF EXISTS search_pages")

    def put(self, part: Part, rows: Sequence[Row], keys: Sequence[str]) -> None:
        """Insert the words of these places."""
        said = " ".join(keys)
        sql = f"INSERT INTO search_{part} (rowid, folded, exact, keys) VALUES (%s, %s, %s, %s)"
        with connection.cursor() as cursor:
            cursor.executemany(sql, [(row.place, row.folded, row.exact, said) for row in rows])

    def remove(self, part: Part, rows: Sequence[Row], keys: Sequence[str]) -> None:
        """Take these places out; the words must be those put there, for the table keeps no text to look them up."""
        said = " ".join(keys)
        sql = f"INSERT INTO search_{part} (search_{part}, rowid, folded, exact, keys) VALUES ('delete', %s, %s, %s, %s)"
        with connection.cursor() as cursor:
            cursor.executemany(sql, [(row.place, row.folded, row.exact, said) for row in rows])

    def clear(self) -> None:
        """Forget everything."""
        with connection.cursor() as cursor:
            for part in PARTS:
                cursor.execute(f"INSERT INTO search_{part} (search_{part}) VALUES ('delete-all')")

    def is_complete(self, part: Part) -> bool:
        """Every row is: FTS5 finds phrases by what it has always kept."""
        return True

    def complete(self) -> int:
        """Nothing to add."""
        return 0

    def merge(self, *, first: bool) -> bool:
        """Merge a little of what small writes left behind, in a short transaction; tell whether more is left.

        The `first` step of a round takes all that is there into it (to FTS5 a negative number); the next ones carry it
        through even when somebody writes meanwhile.
        """
        more = [self._merged(part, -MERGED_AT_ONCE if first else MERGED_AT_ONCE) for part in PARTS]
        return any(more)

    def _merged(self, part: Part, amount: int) -> bool:
        with transaction.atomic(), connection.cursor() as cursor:
            before = cursor.connection.total_changes
            cursor.execute(f"INSERT INTO search_{part} (search_{part}, rank) VALUES ('merge', %s)", [amount])
            return bool(cursor.connection.total_changes - before >= 2)

    def places(self, asked: Asked) -> tuple[str, Params]:
        """Return SQL, and its parameters, for the places where every term stands, in order."""
        sql = f"SELECT rowid AS place FROM search_{asked.part} WHERE search_{asked.part} MATCH %s"
        return f"{sql} AND rowid > %s AND rowid < %s ORDER BY rowid", [_expression(asked), asked.after, asked.before]


def _expression(asked: Asked) -> str:
    terms = [f'"{join_words(words)}"' for words in asked.terms]
    if asked.begun:
        terms[-1] += " *"
    parts = [f"{{{asked.column}}} : ({' AND '.join(terms)})"]
    if asked.keys:
        parts.append("{{keys}} : ({})".format(" OR ".join(f'"{key}"' for key in asked.keys)))
    return " AND ".join([*parts, *(f'{{keys}} : "{facet}"' for facet in asked.facets)])
