"""Full-text tables by place: titles apart from pages; what was indexed waits to be put in (`manage.py reindex`)."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from search.fts.postgresql import PostgresIndex
from search.fts.sqlite import SqliteIndex


def _index(editor: BaseDatabaseSchemaEditor) -> PostgresIndex | SqliteIndex:
    return PostgresIndex() if editor.connection.vendor == "postgresql" else SqliteIndex()


def create(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Make today's tables in place of the earlier one."""
    for sql in ("DROP TABLE IF EXISTS search_fts", *_index(editor).drop_sql, *_index(editor).create_sql):
        editor.execute(sql)


def drop(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take them away again."""
    for sql in _index(editor).drop_sql:
        editor.execute(sql)


class Migration(migrations.Migration):
    """Vendor SQL; re-created after a table rebuild."""

    dependencies = [("search", "0003_standing")]
    operations = [migrations.RunPython(create, drop)]
