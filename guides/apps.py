"""Registers the package with Django and with the packages below it."""

from django.apps import AppConfig


class GuidesConfig(AppConfig):
    name = "guides"

    def ready(self) -> None:
        """Hang what this package brings into the house."""
        from guides import navigation, notices, reasons, rights
        from ledger.verdict import register_reasons

        register_reasons(reasons.REASONS)
        rights.register()
        notices.register()
        navigation.hang()
