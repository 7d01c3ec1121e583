"""The rights this package brings: keeping an agency's documents, and keeping the catalogues they use."""

from django.utils.translation import gettext_lazy as _

from people.rights import Right, register_right

KEEP, CATALOGUES = "documents.keep", "catalogues.documents"


def register() -> None:
    """Register the rights; called once from `AppConfig.ready`."""
    register_right(
        Right(
            KEEP,
            _("Keep documents: registers, numbers, receiving and issuing"),
            frozenset({"clerk"}),
            _("Reads what clerks read. The agency seal stays with the clerk's post."),
            reads_as="clerk",
        )
    )
    register_right(
        Right(
            CATALOGUES,
            _("Keep the catalogues of documents: types, issuing bodies, starting numbers"),
            frozenset({"admin", "clerk"}),
        )
    )
