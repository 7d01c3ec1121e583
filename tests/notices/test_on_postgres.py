"""Two workers at one queue lock rows on PostgreSQL, not the database."""

from tests.on_postgres import on_postgres

FILES = [
    "test_mail",
    "test_pages::test_the_list_is_narrowed_and_paged",
    "test_telling",
]
test_notices_on_postgresql = on_postgres("notices", FILES)
