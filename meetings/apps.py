"""Registers the package with Django and with the packages below it."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "meetings"

    def ready(self) -> None:
        """Hang what this package brings into the house."""
        from annotations.circles import register_circles
        from documents.openings import register_question
        from ledger.verdict import register_reasons
        from live.lanes import register_counter
        from meetings import (  # noqa: F401
            booked,
            duty_inbox,
            facts,
            inbox,
            navigation,
            notices,
            reasons,
            reindexing,
            remark_panel,
            reply_reminders,
            rights,
        )
        from meetings.circles import circles
        from meetings.queries import duties
        from meetings.queries.reading import is_read_for_a_meeting
        from meetings.queries.visible import audiences
        from notices.reminders import register_reminders
        from people.inbox import register_inbox
        from people.queries import register_audiences
        from rooms.subjects import register_subjects

        register_reasons(reasons.REASONS)
        register_counter("vote.cast")
        register_audiences(audiences)
        register_audiences(duties.audiences)
        register_inbox(inbox.waiting)
        register_inbox(duty_inbox.to_prepare)
        register_inbox(duty_inbox.to_decide)
        register_reminders(duty_inbox.reminders)
        register_reminders(reply_reminders.due_replies)
        register_question(is_read_for_a_meeting)
        register_circles(circles)
        register_subjects("meeting", booked.shown)
        rights.register()
        notices.register()
        reindexing.register()
        navigation.libraries()
        navigation.hang()
        remark_panel.hang()
