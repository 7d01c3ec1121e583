"""Registers the package with Django."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "notices"

    def ready(self) -> None:
        """Hang what this package brings into the house."""
        from ledger.verdict import register_reasons
        from notices import navigation, reasons

        register_reasons(reasons.REASONS)
        navigation.hang()
