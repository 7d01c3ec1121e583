"""Votes, replies, seats, papers, minutes and their races on PostgreSQL."""

from tests.on_postgres import on_postgres

FILES = [
    "test_locks",
    "test_mandates::test_a_check_in_taken_back_while_voting_leaves_no_ballot_of_somebody_absent",
    "test_ballots",
    "test_sync",
    "test_sync_votes",
    "test_sync_speaking",
    "test_vote_races",
    "test_vote_entries::TestEntering::test_the_database_keeps_the_second_person_apart",
    "test_outcome::test_minutes_tell_the_course_the_votes_and_the_conclusions",
    "test_agenda_races",
    "test_after_races",
    "test_socket",
    "test_calls::test_two_taps_at_once_make_one_call",
    "test_calls::test_of_two_who_take_a_call_up_one_is_on_the_way",
    "test_seating::test_the_constraint_and_the_form_of_participants",
    "test_replies::test_a_lent_vote_is_held_once_and_goes_back",
    "test_units::test_two_tablets_never_name_more_than_the_seats",
    "test_units::test_two_tablets_accept_and_delegate_at_once",
    "test_opinions::test_two_devices_lose_nothing_and_what_was_handed_in_stands",
    "test_notebook::test_words_are_found_without_marks_by_their_owner_only",
    "test_notebook::test_two_devices_lose_nothing",
    "test_presence_races",
    "test_speaking_races",
]
test_meetings_on_postgresql = on_postgres("meetings", FILES)
