"""Two who want one room at one time, on PostgreSQL."""

from tests.on_postgres import on_postgres

FILES = ["test_bookings"]
test_rooms_on_postgresql = on_postgres("rooms", FILES)
