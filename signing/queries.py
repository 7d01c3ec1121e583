"""Reading credentials: a person sees the own one, and that of an agency whose clerk the person is."""

from django.db.models import Q, QuerySet

from documents.models import OutgoingDocument
from people.models import Post, User
from people.queries import posts_of
from signing.models import SigningCredential, SigningSession


def visible_credentials(user: User) -> QuerySet[SigningCredential]:
    """Return the keys in force that the person may sign with."""
    sealing = [post.agency_id for post in posts_of(user) if post.role == Post.Role.CLERK]
    mine = Q(user=user) | Q(agency__in=sealing)
    return SigningCredential.objects.filter(mine, withdrawn_at__isnull=True).select_related("agency", "user")


def credential_for(user: User, outgoing: OutgoingDocument, step: str) -> SigningCredential | None:
    """Return the key for this step: the person's own, or the document's agency's."""
    found = visible_credentials(user)
    if step == SigningSession.Step.LEADER:
        return found.filter(user=user).first()
    return found.filter(agency=outgoing.agency_id).first()
