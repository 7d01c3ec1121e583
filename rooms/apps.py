"""Registers the package with Django and with the packages below it."""

from django.apps import AppConfig


class RoomsConfig(AppConfig):
    name = "rooms"

    def ready(self) -> None:
        """Hang what this package brings into the house."""
        from ledger.verdict import register_reasons
        from rooms import navigation, reasons, rights

        register_reasons(reasons.REASONS)
        rights.register()
        navigation.hang()
