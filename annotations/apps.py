"""Registers the package with Django and with the packages below it."""

from django.apps import AppConfig


class AnnotationsConfig(AppConfig):
    name = "annotations"

    def ready(self) -> None:
        """Hang what this package brings into the house."""
        from annotations import navigation, panel, reader, reasons
        from ledger.verdict import register_reasons

        register_reasons(reasons.REASONS)
        navigation.hang()
        panel.hang()
        reader.hang()
