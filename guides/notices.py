"""What this package tells people."""

from django.utils.translation import gettext_lazy as _

from notices.kinds import NoticeKind, register_kind

NEW_FEEDBACK, ANSWERED = "feedback.new", "feedback.answered"


def register() -> None:
    """Register the kinds; called once from `AppConfig.ready`."""
    register_kind(NoticeKind(NEW_FEEDBACK, _("%(name)s has sent feedback about the program."), "message-square"))
    register_kind(NoticeKind(ANSWERED, _("Your feedback about the program has been answered."), "message-square"))
