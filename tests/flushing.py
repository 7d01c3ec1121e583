"""Emptying the tables between tests although the ledger refuses it; what migrations wrote is put back."""

import json
from typing import Any

from django.core.management.commands.flush import Command
from django.db import connections

from documents.models import DocumentType
from documents.types import load_types
from ledger.guards import lift_guards
from search.fts import full_text_index
from tests.source import PACKAGES

_flush = Command.handle


def handle(self: Command, **options: Any) -> None:
    """Flush with the guards lifted (the signal after it puts them back), and write again what migrations wrote."""
    connection = connections[options["database"]]
    lift_guards(connection)
    _flush(self, **options)
    full_text_index().clear()  # no models stand for its tables
    rows = json.loads(getattr(connection, "_test_serialized_contents", "[]"))
    ours = [row for row in rows if row["model"].split(".")[0] in PACKAGES]
    connection.creation.deserialize_db_from_string(json.dumps(ours))
    load_types(DocumentType.objects.using(options["database"]))


def allow_flush() -> None:
    """Let Django's `flush`, which ends every transactional test, empty the ledger too."""
    Command.handle = handle  # type: ignore[method-assign]
