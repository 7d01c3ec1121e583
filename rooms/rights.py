"""The rights this package brings."""

from django.utils.translation import gettext_lazy as _

from people.rights import Right, register_right

MANAGE, BOOK = "rooms.manage", "rooms.book"


def register() -> None:
    """Register the rights; called once from `AppConfig.ready`."""
    register_right(
        Right(MANAGE, _("Look after meeting rooms: equipment, seat plans, maintenance"), frozenset({"admin", "clerk"}))
    )
    register_right(Right(BOOK, _("Book meeting rooms"), frozenset({"admin", "clerk", "leader"})))
