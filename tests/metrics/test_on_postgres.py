"""The same figures on PostgreSQL."""

from tests.on_postgres import on_postgres

FILES = ["test_figures", "test_pages", "test_exports", "test_end_to_end"]
test_metrics_on_postgresql = on_postgres("metrics", FILES)
