"""Screens paired and followed on PostgreSQL."""

from tests.on_postgres import on_postgres

FILES = ["test_pairing", "test_socket"]
test_screens_on_postgresql = on_postgres("screens", FILES)
