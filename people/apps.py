"""Registers the package with Django."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "people"

    def ready(self) -> None:
        """Hang what this package brings into the house."""
        from ledger.verdict import register_reasons
        from people import navigation, reasons, sign_in

        register_reasons(reasons.REASONS)
        navigation.hang()
        sign_in.listen()
