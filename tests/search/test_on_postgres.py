"""The same finds, in the same order, on PostgreSQL."""

from tests.on_postgres import on_postgres

FILES = ["test_find", "test_page", "test_rights", "test_upgrade"]
test_search_on_postgresql = on_postgres("search", FILES)
