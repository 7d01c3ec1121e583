"""Registers the package with Django."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate

from ledger.verdict import register_reasons


def guards_after_migrate(using: str, **kwargs: Any) -> None:
    """Put the append-only guards back after a migration may have rebuilt their tables."""
    from ledger.guards import put_guards

    put_guards(connections[using])


class LedgerConfig(AppConfig):
    name = "ledger"

    def ready(self) -> None:
        from ledger.reasons import REASONS

        register_reasons(REASONS)
        post_migrate.connect(guards_after_migrate, sender=self, dispatch_uid="ledger.guards")
