"""What waits for a person among documents: one query for outgoing ones, one for incoming ones."""

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from documents.models import IncomingDocument, OutgoingDocument
from documents.queries import kept_agencies
from people.inbox import InboxItem
from people.models import User
from people.queries import posts_of

FOR_SIGNER = {"submitted": pgettext_lazy("document", "Approve"), "approved": pgettext_lazy("document", "Sign")}
FOR_CLERK = {
    "signed": _("Give a number"),
    "numbered": _("Apply the seal"),
    "sealed": pgettext_lazy("document", "Issue"),
}
FOR_DRAFTER = {"returned": pgettext_lazy("document", "Correct")}


def outgoing_items(user: User) -> Iterator[InboxItem]:
    """Yield the outgoing documents whose next step is the person's."""
    posts = [post.pk for post in posts_of(user)]
    mine = Q(signer_post__in=posts, state__in=FOR_SIGNER)
    mine |= Q(agency__in=kept_agencies(user), state__in=FOR_CLERK)
    mine |= Q(created_by=user, state__in=FOR_DRAFTER)
    verbs = {**FOR_SIGNER, **FOR_CLERK, **FOR_DRAFTER}
    for row in OutgoingDocument.objects.filter(mine).select_related("document").order_by("created_at"):
        address = reverse("documents:outgoing", args=[row.public_id])
        yield InboxItem("outgoing", verbs[row.state], row.document.title, address, row.created_at)


def incoming_items(user: User) -> Iterator[InboxItem]:
    """Yield the arrivals a clerk has to receive; the day of arrival is the limit (NĐ 30/2020, Art. 21 and 22)."""
    arrived = IncomingDocument.objects.filter(agency__in=kept_agencies(user), state="arrived")
    for row in arrived.order_by("arrived_at"):
        title = f"{row.symbol} {row.subject}"
        yield InboxItem(
            "incoming",
            pgettext_lazy("document", "Receive"),
            title,
            reverse("documents:incoming", args=[row.public_id]),
            row.arrived_at,
        )
