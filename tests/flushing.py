"""Emptying the tables between tests although the ledger refuses it; what migrations wrote is put back."""

import json
from collections.abc import Iterator
from typing import Any

from django.core.management.commands.flush import Command
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from documents.models import DocumentType
from documents.types import load_types
from ledger.guards import lift_guards, put_guards
from search.fts import full_text_index
from tests.source import PACKAGES

# The program itself writes these, and no test changes them.
STAYS = {"django_content_type", "auth_permission"}
TOGETHER = 100  # SQLite joins no more than 500 questions


def handle(self: Command, **options: Any) -> None:
    """Empty the tables with the guards lifted, and write again what migrations wrote: two commits, not hundreds."""
    connection = connections[options["database"]]
    with transaction.atomic(using=connection.alias):
        lift_guards(connection)
        empty(connection)
        full_text_index().clear()  # no models stand for its tables
        rows = json.loads(getattr(connection, "_test_serialized_contents", "[]"))
        ours = [row for row in rows if row["model"].split(".")[0] in PACKAGES]
        connection.creation.deserialize_db_from_string(json.dumps(ours))
        load_types(DocumentType.objects.using(connection.alias))
    with transaction.atomic(using=connection.alias):
        put_guards(connection)


def empty(connection: BaseDatabaseWrapper) -> None:
    """Remove every row but of the tables that stay; only the few tables with rows are touched at all."""
    names = connection.introspection.django_table_names(only_existing=True, include_views=False)
    quoted = [connection.ops.quote_name(name) for name in names if name not in STAYS]
    with connection.cursor() as cursor:
        for some in batched(quoted, TOGETHER):
            cursor.execute(" UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {name})" for name in some))
            for (name,) in cursor.fetchall():
                cursor.execute(f"DELETE FROM {name}")


def batched(names: list[str], size: int) -> Iterator[list[str]]:
    """Return the names so many at a time."""
    return (names[start : start + size] for start in range(0, len(names), size))


def allow_flush() -> None:
    """Let Django's `flush`, which ends every transactional test, empty the ledger too."""
    Command.handle = handle  # type: ignore[method-assign]
