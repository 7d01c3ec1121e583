"""On PostgreSQL the full-text tables hold pairs of words too; what was indexed waits to be put in again, by a tick."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from search.fts.postgresql import PostgresIndex


def renew(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Make the tables anew; the texts they are filled from stay."""
    if editor.connection.vendor != "postgresql":
        return
    for sql in (*PostgresIndex.drop_sql, *PostgresIndex.create_sql):
        editor.execute(sql)
    apps.get_model("search", "Entry").objects.exclude(standing="").update(standing="")


class Migration(migrations.Migration):
    """Vendor SQL."""

    dependencies = [("search", "0005_anchors")]
    operations = [migrations.RunPython(renew, migrations.RunPython.noop)]
