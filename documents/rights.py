"""The right this package brings: keeping an agency's documents, as its clerks do by their role."""

from django.utils.translation import gettext_lazy as _

from people.rights import Right, register_right

KEEP = "documents.keep"


def register() -> None:
    """Register the right; called once from `AppConfig.ready`."""
    register_right(
        Right(
            KEEP,
            _("Keep documents: registers, numbers, receiving and issuing"),
            frozenset({"clerk"}),
            _("Reads what clerks read. The agency seal stays with the clerk's post."),
            reads_as="clerk",
        )
    )
