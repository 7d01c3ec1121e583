"""The rights this package brings."""

from django.utils.translation import gettext_lazy as _

from people.rights import Right, register_right

HAND_OUT = "tablets.hand_out"


def register() -> None:
    """Register the rights; called once from `AppConfig.ready`."""
    register_right(Right(HAND_OUT, _("Set up office tablets and hand them out"), frozenset({"admin", "clerk"})))
