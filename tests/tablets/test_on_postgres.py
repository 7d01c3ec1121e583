"""Tablets passed from hand to hand on PostgreSQL."""

from tests.on_postgres import on_postgres

FILES = ["test_desk", "test_tablets"]
test_tablets_on_postgresql = on_postgres("tablets", FILES)
