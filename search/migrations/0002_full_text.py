"""The full-text table, by vendor."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from search.fts.postgresql import PostgresIndex
from search.fts.sqlite import SqliteIndex


def _index(editor: BaseDatabaseSchemaEditor) -> PostgresIndex | SqliteIndex:
    return PostgresIndex() if editor.connection.vendor == "postgresql" else SqliteIndex()


def create(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Make the table and its indexes."""
    for sql in _index(editor).create_sql:
        editor.execute(sql)


def drop(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take them away again."""
    for sql in _index(editor).drop_sql:
        editor.execute(sql)


class Migration(migrations.Migration):
    """Vendor SQL; re-created after a table rebuild."""

    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
