"""On PostgreSQL a held meeting or vote can be named by rows and records that others write."""

import pytest
from django.db import connection, transaction

from meetings import records
from tests.meetings.factories import running_vote, world
from tests.people.test_races import at_once, refer_to

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]


def test_a_held_meeting_and_vote_can_be_named() -> None:
    made = world("open")
    running_vote(made)
    with transaction.atomic():
        meeting, vote = records.locked(made.meeting), records.locked_vote(made.votes[0])
        named = [(row._meta.db_table, row.pk) for row in (meeting, vote)]
        assert [at_once(lambda row=row: refer_to(*row)) for row in named] == [[None], [None]]
