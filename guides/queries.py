"""Reading guides and feedback: what exists for a person."""

from uuid import UUID

from django.db.models import Q, QuerySet

from guides.models import Feedback, Guide
from guides.rights import MANAGE, READ_FEEDBACK
from people.models import Agency, User
from people.queries import agencies_with_right, ids_above, ids_below, living_among, only, posts_of


def agencies_over(user: User) -> set[int]:
    """Return the agencies the person works in and all above them."""
    return {key for post in posts_of(user) for key in ids_above(post.agency_id)}


def managed_guides(user: User) -> QuerySet[Guide]:
    """Return the guides the person may write, in every state."""
    return Guide.objects.filter(agency_id__in=ids_below(agencies_with_right(user, MANAGE))).select_related("agency")


def visible_guides(user: User) -> QuerySet[Guide]:
    """Return the published guides of the person's agencies and those above, and what the person manages."""
    managed = ids_below(agencies_with_right(user, MANAGE))
    seen = Q(state="published", agency_id__in=agencies_over(user)) | Q(agency_id__in=managed)
    return Guide.objects.filter(seen).select_related("agency")


def get_visible_guide(user: User, public_id: UUID) -> Guide:
    """Return one guide that exists for the person, or raise Unseen."""
    return only(visible_guides(user).filter(public_id=public_id))


def writable_agencies(user: User) -> QuerySet[Agency]:
    """Return the agencies the person may write guides for."""
    return living_among(ids_below(agencies_with_right(user, MANAGE)))


def read_feedback(user: User) -> QuerySet[Feedback]:
    """Return the feedback the person answers: of the agencies where they have the right, and all under them."""
    below = ids_below(agencies_with_right(user, READ_FEEDBACK))
    return Feedback.objects.filter(agency_id__in=below).select_related("user", "agency", "answered_by")


def visible_feedback(user: User) -> QuerySet[Feedback]:
    """Return one's own feedback and what one answers."""
    below = ids_below(agencies_with_right(user, READ_FEEDBACK))
    seen = Q(user=user) | Q(agency_id__in=below)
    return Feedback.objects.filter(seen).select_related("user", "agency", "answered_by")


def get_visible_feedback(user: User, public_id: UUID) -> Feedback:
    """Return one piece of feedback that exists for the person, or raise Unseen."""
    return only(visible_feedback(user).filter(public_id=public_id))
