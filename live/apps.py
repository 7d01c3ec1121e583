"""Registers the package with Django."""

from django.apps import AppConfig

from ledger.verdict import register_reasons


class LiveConfig(AppConfig):
    name = "live"

    def ready(self) -> None:
        from live.reasons import REASONS

        register_reasons(REASONS)
