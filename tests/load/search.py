"""How long a search takes as the pages grow: ten thousand, a hundred thousand, a million; on SQLite and PostgreSQL.

Asked as the page asks: the results in order up to the count of a thousand, then twenty with their snippets; for an
official with few audiences and for somebody with many. The reference is the same words asked of the bare full-text
table without rights, ranked as its makers rank (bm25, ts_rank), twenty rows. `SEARCH_PAGES=10000,100000` chooses sizes,
`SEARCH_DB=sqlite` a database; `SEARCH_FOLDER` keeps what was filled for another run, as `SEARCH_URL` names a PostgreSQL
that is kept. The texts come from a seed; rows are written directly, as their actions would.
"""

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

from tests.load.report import report
from tests.load.search_texts import COMMON, Paper, Writer, few_keys, many_keys
from tests.servers.postgres import postgres_programs, postgres_server

SIZES = [int(size) for size in os.environ.get("SEARCH_PAGES", "10000,100000,1000000").split(",")]
KEPT = os.environ.get("SEARCH_FOLDER", "")
ROUNDS = int(os.environ.get("SEARCH_ROUNDS", "40"))
PAPERS_TOGETHER = 2000
POSTGRES = (
    *("fsync=off", "shared_buffers=1GB", "work_mem=32MB", "maintenance_work_mem=1GB", "max_wal_size=2GB"),
    *("effective_cache_size=8GB", "random_page_cost=1.1"),
)


def prepare(folder: str, url: str) -> None:
    """Point Django at a database of its own and make it."""
    os.environ.update(DATA_DIR=folder, DJANGO_SETTINGS_MODULE="config.settings", DEMO="0", DEBUG="0")
    os.environ["DATABASE_URL"] = url
    if not url:
        del os.environ["DATABASE_URL"]
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def write(papers: Sequence[Paper], first: int) -> None:
    """Write some papers as their actions would have left them, each table in its own order."""
    from django.db import transaction

    from search.fold import title_words
    from search.fts import full_text_index
    from search.models import Entry, EntryAudience, EntryPage
    from search.standing import found_under, rows_of

    papers = sorted(papers, key=lambda paper: paper.day)
    rows = [
        Entry(kind="document", object_id=UUID(int=first + n), agency_id=p.agency, title=p.title, url="/d/", day=p.day)
        for n, p in enumerate(papers)
    ]
    for entry, paper in zip(rows, papers, strict=True):
        entry.standing = " ".join(found_under(entry, paper.audiences))
    with transaction.atomic():
        entries = Entry.objects.bulk_create(rows)
        pairs = list(zip(entries, papers, strict=True))
        EntryAudience.objects.bulk_create(EntryAudience(entry=e, key=key) for e, p in pairs for key in p.audiences)
        texts = [(e.pk, n, text) for e, p in pairs for n, text in enumerate((p.title, *(one.text for one in p.pages)))]
        copied(EntryPage._meta.db_table, ("entry_id", "page", "text"), texts)
        for entry, paper in reversed(pairs):  # newest first is the order of the full-text tables
            keys = entry.standing.split()
            full_text_index().put("titles", rows_of(entry, [(0, title_words(paper.title))]), keys)
            full_text_index().put("pages", rows_of(entry, enumerate(paper.pages, 1)), keys)


def copied(table: str, columns: Sequence[str], rows: Sequence[tuple[object, ...]]) -> None:
    """Write many rows of one table."""
    from django.db import connection

    names = ", ".join(columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as stream:
                for row in rows:
                    stream.write_row(row)
        else:
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({', '.join(['%s'] * len(columns))})", rows)


def fill(writer: Writer, have: int, pages: int) -> tuple[int, float]:
    """Write papers until there are so many pages; return how many papers there are, and pages written a second."""
    from search.models import Entry

    begun, first = time.perf_counter(), Entry.objects.count()
    with loading():
        rest = writer.papers(pages - have, first)
        while papers := list(islice(rest, PAPERS_TOGETHER)):
            write(papers, first)
            first += len(papers)
    return first, (pages - have) / (time.perf_counter() - begun)


@contextmanager
def loading() -> Iterator[None]:
    """Write the rows first and put the indexes in order afterwards, which takes a fraction of the time."""
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            with loading_sqlite(cursor):
                yield
        else:
            with loading_postgres(cursor):
                yield


@contextmanager
def loading_sqlite(cursor: Any) -> Iterator[None]:
    """Collect 64 MB of words before they go to the full-text tables, and merge what came of it at the end."""
    from search.fts import full_text_index
    from search.fts.asked import PARTS

    for pragma in ("synchronous = OFF", "cache_size = -400000"):
        cursor.execute(f"PRAGMA {pragma}")
    for part in PARTS:
        cursor.execute(f"INSERT INTO search_{part} (search_{part}, rank) VALUES ('automerge', 0)")
        cursor.execute(f"INSERT INTO search_{part} (search_{part}, rank) VALUES ('hashsize', {64 << 20})")
    yield
    first = True
    while full_text_index().merge(first=first):
        first = False
    for part in PARTS:
        cursor.execute(f"INSERT INTO search_{part} (search_{part}, rank) VALUES ('automerge', 4)")
        cursor.execute(f"INSERT INTO search_{part} (search_{part}, rank) VALUES ('hashsize', {1 << 20})")
    for pragma in ("wal_checkpoint(TRUNCATE)", "cache_size = -4000", "optimize"):
        cursor.execute(f"PRAGMA {pragma}")


@contextmanager
def loading_postgres(cursor: Any) -> Iterator[None]:
    """Build the indexes afterwards."""
    from search.fts import full_text_index

    made = [sql for sql in full_text_index().create_sql if sql.startswith("CREATE INDEX")]
    for sql in made:
        cursor.execute(f"DROP INDEX {sql.split()[2]}")
    yield
    for sql in made:
        cursor.execute(sql)
    cursor.execute("VACUUM ANALYZE")


def questions(writer: Writer) -> dict[str, list[str]]:
    """Return what is asked, by kind of question."""
    chance = random.Random(7)
    one = [word for word in COMMON if " " not in word]
    two = [word for word in COMMON if " " in word]
    return {
        "selective": [chance.choice(writer.names) for _ in range(ROUNDS)],
        "frequent": [chance.choice(one) for _ in range(ROUNDS)],
        "frequent, no marks": [chance.choice(("va", "cua", "cac", "dinh", "hoi", "quyet")) for _ in range(ROUNDS)],
        "two frequent": [f"{chance.choice(one)} {chance.choice(two)}" for _ in range(ROUNDS)],
        "phrase": [f'"{chance.choice(two)}"' for _ in range(ROUNDS)],
        "symbol": [f"{chance.randrange(1, 3000)}/QĐ-UBND" for _ in range(ROUNDS)],
        "frequent and selective": [f"{chance.choice(two)} {chance.choice(writer.names)}" for _ in range(ROUNDS)],
    }


def timed(work: Callable[[str], object], asked: Sequence[str]) -> tuple[float, float]:
    """Return the middle and the 95th percentile in milliseconds."""
    times = []
    for text in asked:
        begun = time.perf_counter()
        work(text)
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times), statistics.quantiles(times, n=20, method="inclusive")[-1]


def asker(keys: list[str]) -> Callable[[str], object]:
    """Return what asks as the page does."""
    from search.queries import Results

    def ask(text: str) -> object:
        found = Results(keys, text, sure=41)
        return found.counted, found[0:20]

    return ask


def bare(text: str) -> object:
    """Ask the full-text table alone, without rights, ranked as its makers rank."""
    from django.db import connection

    from search.query import parse

    phrases = [term.folded for term in parse(text)]
    if connection.vendor == "sqlite":
        words = " AND ".join(f'"{" ".join(words)}"' for words in phrases)
        sql = "SELECT rowid FROM search_pages WHERE search_pages MATCH %s ORDER BY rank LIMIT 20"
    else:
        words = " & ".join(f"({' <-> '.join(words)})" for words in phrases)
        sql = (
            "SELECT place FROM search_pages, to_tsquery('simple', %s) AS asked WHERE folded @@ asked "
            "ORDER BY ts_rank(folded, asked) DESC LIMIT 20"
        )
    with connection.cursor() as cursor:
        cursor.execute(sql, [words])
        return cursor.fetchall()


def measure(writer: Writer, size: int, database: str) -> None:
    """Print one line per question and person."""
    people = {"few": few_keys(), "many": many_keys()}
    for kind, asked in questions(writer).items():
        reference = timed(bare, asked[:5])[0]
        for person, keys in people.items():
            ask = asker(keys)
            ask(asked[0])
            middle, tail = timed(ask, asked)
            load = round(os.getloadavg()[0], 1)
            params = {"pages": size, "db": database, "words": kind, "audiences": len(keys), "who": person, "load": load}
            report("search", {**params, "of": "p50"}, middle, "ms", reference)
            report("search", {**params, "of": "p95"}, tail, "ms", reference)


def run(database: str, folder: str, url: str) -> None:
    """Fill and measure one database, size after size."""
    prepare(folder, url)
    writer, have = Writer(), pages_kept()
    for size in (size for size in SIZES if size >= have):
        if size > have:
            papers, speed = fill(writer, have, size)
            have = size
            report("search", {"pages": size, "db": database, "papers": papers, "what": "written"}, speed, "pages/s")
        report("search", {"pages": size, "db": database, "what": "stored"}, stored_bytes() / size, "B/page")
        measure(writer, size, database)


def pages_kept() -> int:
    """Return how many pages an earlier run left in the folder kept."""
    from search.models import EntryPage

    return EntryPage.objects.filter(page__gt=0).count()


def stored_bytes() -> int:
    """Return how much the database takes."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_database_size(current_database())")
            return int(cursor.fetchone()[0])
    return Path(connection.settings_dict["NAME"]).stat().st_size


def main() -> None:
    """Measure each database in a process of its own (settings are read once)."""
    if len(sys.argv) > 1:
        os.nice(5)
        with ExitStack() as stack:
            folder = KEPT or stack.enter_context(tempfile.TemporaryDirectory())
            url = os.environ.get("SEARCH_URL", "")
            if sys.argv[1] == "postgresql" and not url:
                url = stack.enter_context(postgres_server(POSTGRES)).url()
            run(sys.argv[1], folder, url if sys.argv[1] == "postgresql" else "")
        return
    for database in os.environ.get("SEARCH_DB", "sqlite,postgresql").split(","):
        if database == "sqlite" or postgres_programs():
            subprocess.run([sys.executable, "-m", "tests.load.search", database], check=True)


if __name__ == "__main__":
    main()
