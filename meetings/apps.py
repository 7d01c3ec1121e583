"""Registers the package with Django and with the packages below it."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "meetings"

    def ready(self) -> None:
        """Hang what this package brings into the house."""
        from ledger.verdict import register_reasons
        from meetings import facts, inbox, navigation, notices, reasons, rights  # noqa: F401
        from meetings.queries.visible import audiences
        from people.inbox import register_inbox
        from people.queries import register_audiences

        register_reasons(reasons.REASONS)
        register_audiences(audiences)
        register_inbox(inbox.waiting)
        rights.register()
        notices.register()
        navigation.hang()
