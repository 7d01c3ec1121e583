"""An index of before pairs of words, on PostgreSQL: found as soon as the database is migrated, completed afterwards."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from importlib import import_module
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection
from django_tasks_db.models import DBTaskResult

from search import rebuilding
from search.fts import full_text_index
from search.fts.asked import PARTS, Asked
from search.jobs import complete, look
from search.models import Entry
from search.place import entry_and_page
from search.queries import suggest
from tests.search.test_find import put, titles

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite keeps no pairs"),
]
COLUMNS = "place, keys, folded, exact"
FORMER = """
    CREATE TABLE {0} (place bigint PRIMARY KEY, keys text[] NOT NULL, folded tsvector NOT NULL,
        exact tsvector NOT NULL) WITH (toast_tuple_target = 8160, fillfactor = 100);
    ALTER TABLE {0} ALTER COLUMN folded SET STATISTICS 1000;
    ALTER TABLE {0} ALTER COLUMN exact SET STATISTICS 1000;
    ALTER TABLE {0} ALTER COLUMN keys SET STATISTICS 1000;
    CREATE INDEX {0}_folded ON {0} USING gin (folded, keys);
    CREATE INDEX {0}_exact ON {0} USING gin (exact, keys);
"""
FORM = (
    (
        "SELECT table_name, column_name, data_type, is_nullable, column_default FROM information_schema.columns "
        "WHERE table_name IN ('search_titles', 'search_pages') ORDER BY table_name, ordinal_position"
    ),
    (
        "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid), indisvalid FROM pg_index "
        "WHERE indrelid IN ('search_titles'::regclass, 'search_pages'::regclass) ORDER BY 1"
    ),
    "SELECT relname, reloptions FROM pg_class WHERE relname IN ('search_titles', 'search_pages') ORDER BY 1",
    (
        "SELECT attrelid::regclass::text, attname, attstattarget FROM pg_attribute "
        "WHERE attnum > 0 AND NOT attisdropped "
        "AND attrelid IN ('search_titles'::regclass, 'search_pages'::regclass) ORDER BY 1, 2"
    ),
)


@pytest.fixture(autouse=True)
def todays_tables() -> Iterator[None]:
    """Leave the tables as they were found, whatever happened."""
    yield
    run("DROP TABLE IF EXISTS search_titles_now, search_pages_now")
    run(*full_text_index().drop_sql, *full_text_index().create_sql)


def run(*statements: str) -> list[tuple[object, ...]]:
    """Run SQL; return the rows of the last statement."""
    with connection.cursor() as cursor:
        for sql in statements:
            cursor.execute(sql)
        return cursor.fetchall() if cursor.description else []


def form() -> list[list[tuple[object, ...]]]:
    """Return what the tables are made of."""
    return [run(sql) for sql in FORM]


def migrate() -> None:
    with connection.schema_editor(atomic=False) as editor:
        import_module("search.migrations.0006_pairs").widen(apps, editor)


def written_formerly(*parts: str, only: UUID | None = None) -> None:
    """Write rows anew as processes of the earlier version do."""
    entry = Entry.objects.filter(object_id=only).values_list("pk", flat=True).first()
    for part in parts:
        rows = run(f"SELECT place, keys, folded::text, exact::text FROM search_{part}_now")
        chosen = [row for row in rows if entry is None or entry_and_page(row[0])[0] == entry]
        with connection.cursor() as cursor, cursor.copy(f"COPY search_{part} ({COLUMNS}) FROM STDIN") as stream:
            for row in chosen:
                stream.write_row(row)


def pairs_of() -> list[tuple[object, ...]]:
    sql = "SELECT place, ARRAY(SELECT unnest(pairs) ORDER BY 1) FROM search_{} ORDER BY place"
    return [row for part in PARTS for row in run(sql.format(part))]


def found() -> list[list[str]]:
    asked = ("ke hoach", "kế hoạch", '"ngân sách nhà nước"', "12/QĐ-UBND", '"nuoc nha"', "ngan")
    return [titles(text) for text in asked] + [[hit.title for hit in suggest(("all",), "kế ho")]]


def test_what_is_indexed_is_found_at_once_and_completed_by_a_tick() -> None:
    put("12/QĐ-UBND Kế hoạch", "ngân sách nhà nước", "dự toán", day=date(2026, 1, 2))
    put("Ngân", "kế hoạch; ngân sách của nhà nước, nhà ngân sách", day=date(2026, 1, 3))
    put("Trống", "", "ngân sách nhà nước " * 300)
    before, now, paired = found(), form(), pairs_of()
    for part in PARTS:
        table = f"search_{part}"
        run(f"CREATE TEMP TABLE {table}_now AS SELECT * FROM {table}", f"DROP TABLE {table}")
        run(*FORMER.format(table).split(";")[:-1])
    written_formerly(*PARTS)
    migrate()
    assert form() == now
    assert found() == before
    assert before[2] == ["12/QĐ-UBND Kế hoạch", "Trống"]
    assert rebuilding.waiting() == 0
    look(at=datetime(2026, 11, 22, tzinfo=UTC))
    assert [job.task_path for job in DBTaskResult.objects.all()] == ["search.jobs.complete"]
    complete.func()
    assert rebuilding.is_complete()
    assert pairs_of() == paired
    assert found() == before


def test_a_process_of_the_earlier_version_goes_on_writing() -> None:
    object_id = put("Kế hoạch", "ngân sách nhà nước")
    for part in PARTS:
        run(f"CREATE TEMP TABLE search_{part}_now AS SELECT * FROM search_{part}", f"TRUNCATE search_{part}")
    put("Của hôm nay", "ngân sách nhà nước")
    assert rebuilding.is_complete()
    written_formerly(*PARTS, only=object_id)
    assert not rebuilding.is_complete()
    assert sorted(titles('"ngân sách nhà nước"')) == ["Của hôm nay", "Kế hoạch"]
    assert list(rebuilding.completing()) == [2]
    assert sorted(titles('"ngân sách nhà nước"')) == ["Của hôm nay", "Kế hoạch"]


def test_a_migration_that_was_stopped_goes_on() -> None:
    now = form()
    run("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'search_pages_words'::regclass")
    assert form() != now
    migrate()
    migrate()
    assert form() == now


def test_places_of_a_phrase_come_in_order_whatever_the_plan_is() -> None:
    phrase = [("ngan", "sach")]
    sql, params = full_text_index().places(Asked("pages", "folded", phrase, phrase))
    assert sql.endswith("ORDER BY turn")
    for day in range(1, 9):
        put("Báo cáo", "ngân sách", day=date(2026, 1, day))
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        places = [place for (place,) in cursor.fetchall()]
        cursor.execute(f"EXPLAIN {sql}", params)
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert places == sorted(places)
    assert len(places) == 8
    assert plan.count("Sort") <= 2, plan  # one, and its "Sort Key": the outer order is the inner one
