"""Registers the package with Django and with the packages below it."""

from django.apps import AppConfig


class ScreensConfig(AppConfig):
    name = "screens"

    def ready(self) -> None:
        """Hang what this package brings into the house."""
        from ledger.verdict import register_reasons
        from screens import navigation, reasons

        register_reasons(reasons.REASONS)
        navigation.hang()
