"""Guides and feedback on PostgreSQL."""

from tests.on_postgres import on_postgres

FILES = ["test_guides", "test_feedback"]
test_guides_on_postgresql = on_postgres("guides", FILES)
