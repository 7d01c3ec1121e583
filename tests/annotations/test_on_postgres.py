"""The same on PostgreSQL, where several write at once."""

from tests.on_postgres import on_postgres

test_annotations = on_postgres("annotations", ["test_annotating", "test_sync", "test_races", "test_live"])
