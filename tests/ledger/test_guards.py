"""The database itself refuses to change or remove what the ledger holds."""

import pytest
from django.db import DatabaseError, connection, transaction

from ledger.guards import TABLES, lift_guards, put_guards
from ledger.models import AuditEntry
from tests.ledger.things import later, move, person, thing

pytestmark = pytest.mark.django_db
STATEMENTS = [
    "UPDATE ledger_auditentry SET verb = 'x'",
    "DELETE FROM ledger_auditentry",
    "UPDATE ledger_transition SET target = 'x'",
    "DELETE FROM ledger_transition",
]


def written() -> None:
    """Have something to attack."""
    move(thing(), "new", "start", by=person(), at=later(1), hands=[], weight=1)


@pytest.mark.parametrize("statement", STATEMENTS)
def test_the_database_refuses(statement: str) -> None:
    written()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert AuditEntry.objects.filter(verb="start").count() == 1


def test_guards_are_put_back() -> None:
    lift_guards(connection)
    put_guards(connection)
    put_guards(connection)
    written()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditEntry.objects.all().delete()


def test_every_guarded_table_exists() -> None:
    assert set(TABLES) <= set(connection.introspection.table_names())
