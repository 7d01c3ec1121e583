"""Registers the package with Django."""

from django.apps import AppConfig


class SigningConfig(AppConfig):
    name = "signing"

    def ready(self) -> None:
        """Tell the ledger our refusal sentences and hang panel and navigation into the shell."""
        from ledger.verdict import register_reasons
        from signing import panel
        from signing.reasons import REASONS

        register_reasons(REASONS)
        panel.hang()
