"""On PostgreSQL the full-text tables get room for pairs of words; a tick adds the pairs to what is there.

Whatever is indexed stays findable, and processes of the earlier version go on reading and writing.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from search.fts.postgresql import PostgresIndex


def widen(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """SQLite keeps no pairs."""
    if editor.connection.vendor == "postgresql":
        PostgresIndex().widen()


class Migration(migrations.Migration):
    """Vendor SQL; its indexes are made beside the work, which no transaction allows."""

    atomic = False
    dependencies = [("search", "0005_anchors")]
    operations = [migrations.RunPython(widen, migrations.RunPython.noop)]
