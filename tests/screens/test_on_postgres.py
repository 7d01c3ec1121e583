"""Screens paired and followed on PostgreSQL."""

from tests.on_postgres import on_postgres

FILES = [
    "test_pairing::test_the_same_code_typed_twice_pairs_once",
    "test_pairing::test_names_are_given_and_are_taken_once",
    "test_pairing::test_one_code_typed_in_two_places_at_once_pairs_once",
    "test_pairing::test_two_change_one_screen",
    "test_socket",
]
test_screens_on_postgresql = on_postgres("screens", FILES)
