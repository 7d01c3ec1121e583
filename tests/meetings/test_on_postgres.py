"""Votes, replies, seats, papers, minutes and their races on PostgreSQL."""

from tests.on_postgres import on_postgres

FILES = [
    "test_locks",
    "test_mandates",
    "test_ballots",
    "test_sync",
    "test_sync_votes",
    "test_vote_races",
    "test_vote_entries",
    "test_outcome",
    "test_agenda_races",
    "test_after_races",
    "test_socket",
    "test_calls",
    "test_seating",
    "test_replies",
    "test_units",
    "test_opinions",
    "test_notebook",
    "test_presence_races",
    "test_speaking_races",
    "test_sync_speaking",
]
test_meetings_on_postgresql = on_postgres("meetings", FILES)
