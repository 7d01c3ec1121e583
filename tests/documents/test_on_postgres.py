"""Numbers, issue, intake and the library on PostgreSQL."""

from tests.on_postgres import on_postgres

FILES = [
    "test_race",
    "test_read_on_device::test_two_devices_that_tell_at_once_are_noted_once",
    "test_outgoing::test_the_whole_road_leaves_transitions_and_a_fact",
    "test_outgoing::test_compare_and_set_of_the_version",
    "test_outgoing::test_the_counter_starts_again_on_the_first_of_january",
    "test_exchange::test_receipt_takes_the_next_number_of_arrival_and_tells_the_sender",
    "test_intake::test_from_upload_to_search",
    "test_intake::test_orphans_go_after_a_day_and_nothing_else",
    "test_queries",
    "test_library::test_text_is_searched_only_while_it_may_be_read",
    "test_starting_numbers",
]
test_documents_on_postgresql = on_postgres("documents", FILES)
