"""The rights this package brings."""

from django.utils.translation import gettext_lazy as _

from people.rights import Right, register_right

MANAGE, READ_FEEDBACK = "guides.manage", "feedback.read"


def register() -> None:
    """Register the rights; called once from `AppConfig.ready`."""
    register_right(Right(MANAGE, _("Write and publish user guides"), frozenset({"admin"})))
    register_right(Right(READ_FEEDBACK, _("Read and answer feedback"), frozenset({"admin"})))
