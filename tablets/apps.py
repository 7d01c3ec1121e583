"""Registers the package with Django and with the packages below it."""

from django.apps import AppConfig


class TabletsConfig(AppConfig):
    name = "tablets"

    def ready(self) -> None:
        """Hang what this package brings into the house."""
        from ledger.verdict import register_reasons
        from people import confinement
        from tablets import navigation, reach, reasons, rights

        register_reasons(reasons.REASONS)
        rights.register()
        confinement.register_kind("meeting", reach.reaches)
        navigation.hang()
