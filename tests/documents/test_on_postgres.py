"""Numbers, issue, intake and the library on PostgreSQL."""

from tests.on_postgres import on_postgres

FILES = [
    "test_race",
    "test_outgoing",
    "test_exchange",
    "test_intake",
    "test_queries",
    "test_library",
    "test_starting_numbers",
]
test_documents_on_postgresql = on_postgres("documents", FILES)
