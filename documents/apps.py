"""Registers the package with Django, and its parts with the packages below."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "documents"

    def ready(self) -> None:
        """Hang reasons, facts, audiences, inbox lines, navigation and the viewer's library into the registries."""
        from documents import facts, granted, inbox, navigation, reasons, reindexing, rights  # noqa: F401
        from documents.queries import audiences
        from documents.views import grants, library, protecting
        from ledger.verdict import register_reasons
        from people.inbox import register_inbox
        from people.queries import register_audiences

        register_reasons(reasons.REASONS)
        rights.register()
        register_audiences(audiences)
        register_inbox(inbox.outgoing_items)
        register_inbox(inbox.incoming_items)
        register_audiences(granted.audiences)
        navigation.hang()
        grants.hang()
        library.hang()
        protecting.hang()
        reindexing.register()
