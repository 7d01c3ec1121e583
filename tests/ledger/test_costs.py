"""How many statements a write costs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ledger.door import action
from ledger.record import record
from live.publish import publish
from people.models import User
from tests.ledger.things import NOON, person, thing

pytestmark = pytest.mark.django_db


@action
def everything(*, by: User) -> None:
    """Record a move and publish an event."""
    record(thing(), "start", by=by, at=NOON, agency_id=1, moved=("new", "running"), attributes={"hands": ["trái"]})
    publish("meeting:1", "thing.started", {"state": "running"}, by=by, at=NOON)


def test_a_write_with_a_move_a_fact_and_an_event_costs_seven_statements() -> None:
    user = person()
    everything(by=user)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        everything(by=user)
    statements = [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]
    assert len(statements) == 7, statements
