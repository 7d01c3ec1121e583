"""tsvector built word by word, so that PostgreSQL's own parser (file names, hosts) never splits differently.

Phrases are found by the pairs of words they are made of, as numbers in the same index: two frequent words that rarely
stand together would otherwise be looked up row by row. A row put in by a version that knew no pairs has none (NULL, not
an empty list) until `complete` adds them; as long as there is one, phrases are asked by their words alone.
"""

from collections.abc import Sequence
from itertools import pairwise
from operator import add
from zlib import crc32

from django.db import connection, transaction

from search.fts.asked import MANY_KEYS, PARTS, Asked, Params, Part, Row

_LAST_POSITION = 16_383  # PostgreSQL keeps no position beyond this one
_POSITIONS = [f":{place}" for place in range(1, _LAST_POSITION + 1)]
COMPLETED_AT_ONCE = 200  # rows written in one transaction


def _table(part: str) -> tuple[str, ...]:
    """Return what makes one table: rows stay in one piece, the planner knows ten thousand words by their frequency."""
    name = f"search_{part}"
    return (
        (
            f"CREATE TABLE {name} (place bigint PRIMARY KEY, keys text[] NOT NULL, folded tsvector NOT NULL, "
            "exact tsvector NOT NULL, pairs integer[]) WITH (toast_tuple_target = 8160, fillfactor = 100)"
        ),
        *(
            f"ALTER TABLE {name} ALTER COLUMN {column} SET STATISTICS 1000"
            for column in ("folded", "exact", "pairs", "keys")
        ),
        *(f"CREATE INDEX {index} {on}" for index, on in _indexes(part).items()),
    )


def _indexes(part: str) -> dict[str, str]:
    """Return the indexes of one table: over words, pairs and keys, and of the rows whose pairs are not there yet."""
    name = f"search_{part}"
    return {
        f"{name}_words": f"ON {name} USING gin (folded, exact, pairs, keys)",
        f"{name}_unpaired": f"ON {name} (place) WHERE pairs IS NULL",
    }


class PostgresIndex:
    """One table for titles and one for pages, each with an index over words, pairs of words and keys together."""

    create_sql: tuple[str, ...] = (*_table("titles"), *_table("pages"))
    drop_sql: tuple[str, ...] = ("DROP TABLE IF EXISTS search_titles", "DROP TABLE IF EXISTS search_pages")

    def put(self, part: Part, rows: Sequence[Row], keys: Sequence[str]) -> None:
        """Insert the words of these places with their positions."""
        sql = f"COPY search_{part} (place, keys, folded, exact, pairs) FROM STDIN"
        with connection.cursor() as cursor, cursor.copy(sql) as stream:
            for row in rows:
                said = (vector(row.folded), vector(row.exact), pairs(row.folded.split()))
                stream.write_row((row.place, list(keys), *said))

    def remove(self, part: Part, rows: Sequence[Row], keys: Sequence[str]) -> None:
        """Delete these places."""
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM search_{part} WHERE place = ANY(%s)", [[row.place for row in rows]])

    def clear(self) -> None:
        """Forget everything."""
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE search_titles, search_pages")

    def widen(self) -> None:
        """Bring tables made before there were pairs to today's form while others read and write them.

        Outside a transaction, so that nobody waits for an index; done again after a stop, or where nothing is to do, it
        does no harm. The index of today serves what earlier versions ask too.
        """
        with connection.cursor() as cursor:
            for part in PARTS:
                cursor.execute(f"ALTER TABLE search_{part} ADD COLUMN IF NOT EXISTS pairs integer[]")
                cursor.execute(f"ALTER TABLE search_{part} ALTER COLUMN pairs SET STATISTICS 1000")
                for index, on in _indexes(part).items():
                    cursor.execute("SELECT FROM pg_index WHERE indexrelid = to_regclass(%s) AND indisvalid", [index])
                    if cursor.fetchone() is None:
                        cursor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {index}")
                        cursor.execute(f"CREATE INDEX CONCURRENTLY {index} {on}")
                for index in (f"search_{part}_folded", f"search_{part}_exact"):
                    cursor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {index}")

    def is_complete(self, part: Part) -> bool:
        """Has every row its pairs?"""
        with connection.cursor() as cursor:
            # In order of place, so that the small index is read even where the planner expects many such rows.
            cursor.execute(f"SELECT place FROM search_{part} WHERE pairs IS NULL ORDER BY place LIMIT 1")
            return cursor.fetchone() is None

    def complete(self) -> int:
        """Add the pairs to some rows that have none, read from the words kept there; return to how many.

        From the end, for whoever asks whether there are any looks from the beginning; rows somebody is changing are
        left to the next time.
        """
        return sum(self._completed(part) for part in PARTS)

    def _completed(self, part: Part) -> int:
        with transaction.atomic(), connection.cursor() as cursor:
            chosen = "WHERE pairs IS NULL ORDER BY place DESC LIMIT %s FOR UPDATE SKIP LOCKED"
            cursor.execute(f"SELECT place, folded::text FROM search_{part} {chosen}", [COMPLETED_AT_ONCE])
            rows = [(pairs_kept(folded), place) for place, folded in cursor.fetchall()]
            cursor.executemany(f"UPDATE search_{part} SET pairs = %s::int[] WHERE place = %s", rows)
        return len(rows)

    def merge(self, *, first: bool) -> bool:
        """Take what was written last from the index's waiting list into the index, and count the words anew."""
        with connection.cursor() as cursor:
            for part in PARTS:
                cursor.execute("SELECT gin_clean_pending_list(%s::regclass)", [f"search_{part}_words"])
                cursor.execute(f"ANALYZE search_{part}")
        return False

    def places(self, asked: Asked) -> tuple[str, Params]:
        """Return SQL, and its parameters, for the places where every term stands, in order.

        A phrase is asked twice: the index by the pairs it is made of, and its words; then the rows found, one by one,
        by the words in their order. The second question stands outside, for the planner would take it for a rarer
        thing than it is.
        """
        paired = _pairs_asked(asked)
        where = [f"{asked.column} @@ %s::tsquery", "place > %s", "place < %s"]
        chosen: Params = [_query(asked, " & "), asked.after, asked.before]
        narrowed: list[tuple[str, list[int] | list[str]]] = [
            ("pairs @> %s::int[]", paired if paired and self.is_complete(asked.part) else []),
            ("keys && %s::text[]", list(asked.keys)),
            ("keys @> %s::text[]", list(asked.facets)),
        ]
        for condition, values in narrowed:
            if values:
                where.append(condition)
                chosen.append(values)
        # Many keys are tried when few of many pages were the person's: only the index over the keys finds those soon.
        order = "place + 0" if len(asked.keys) > MANY_KEYS else "place"
        sql = f"FROM search_{asked.part} WHERE {' AND '.join(where)}"
        if not any(len(words) > 1 for words in asked.terms):
            return f"SELECT place {sql} ORDER BY {order}", chosen
        inner = f"SELECT place, {order} AS turn, {asked.column} {sql} ORDER BY turn OFFSET 0"
        sql = f"SELECT place FROM ({inner}) AS near WHERE {asked.column} @@ %s::tsquery ORDER BY turn"
        return sql, [*chosen, _query(asked, " <-> ")]


def _query(asked: Asked, between: str) -> str:
    phrases = [between.join(f"'{word}'" for word in words) for words in asked.terms]
    return " & ".join(f"({phrase})" for phrase in [*phrases[:-1], phrases[-1] + (":*" if asked.begun else "")])


def _pairs_asked(asked: Asked) -> list[int]:
    """Return the pairs of words that stand wherever the question's phrases do."""
    whole = [*asked.folded[:-1], asked.folded[-1][:-1]] if asked.begun else asked.folded
    return sorted({pair for words in whole for pair in pairs(words)})


def pairs(words: Sequence[str]) -> list[int]:
    """Return a number for each two words that stand side by side; seldom two pairs share one."""
    said = map("_".join, pairwise(words))
    return list({crc32(pair.encode()) >> 1 for pair in said})


def pairs_kept(kept: str) -> list[int]:
    """Return the same numbers, read from a tsvector ('word':1,7 …) instead of the text."""
    at: dict[int, list[str]] = {}
    for lexeme in kept.split():
        word, _, positions = lexeme.rpartition(":")
        for position in positions.split(","):
            at.setdefault(int(position), []).append(word.strip("'"))
    beside = ((one, two) for position, ones in at.items() for one in ones for two in at.get(position + 1, ()))
    return list({pair for two in beside for pair in pairs(two)})


def vector(text: str) -> str:
    """Return the words as a tsvector literal; words hold letters and digits only, so nothing needs quoting."""
    words = text.split()
    said = list(map(add, words, _POSITIONS))
    return " ".join([*said, *(f"{word}:{_LAST_POSITION}" for word in words[_LAST_POSITION:])])
