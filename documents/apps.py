"""Registers the package with Django, and its parts with the packages below."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "documents"

    def ready(self) -> None:
        """Hang reasons and facts into the registries."""
        from documents import facts, flow_reasons, reasons
        from ledger.verdict import register_reasons

        assert facts.issued
        register_reasons(reasons.REASONS)
        register_reasons(flow_reasons.REASONS)
