"""The right this package brings: freezing an agency's figures as evidence."""

from django.utils.translation import gettext_lazy as _

from people.rights import Right, register_right

FREEZE = "figures.freeze"


def register() -> None:
    """Register the right; called once from `AppConfig.ready`."""
    register_right(
        Right(FREEZE, _("Freeze figures and export them as evidence"), frozenset({"clerk", "leader", "admin"}))
    )
