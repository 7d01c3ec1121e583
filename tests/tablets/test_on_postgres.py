"""Tablets passed from hand to hand on PostgreSQL."""

from tests.on_postgres import on_postgres

FILES = [
    "test_desk::test_the_database_itself_keeps_a_tablet_in_one_hand",
    "test_desk::test_two_who_swap_their_tablets_wait_for_each_other",
    "test_tablets::test_passed_on_the_first_is_signed_out_and_the_receipt_is_kept",
]
test_tablets_on_postgresql = on_postgres("tablets", FILES)
