"""Reading along the tree of agencies: what stands directly under what, who holds posts in a branch."""

from collections.abc import Collection

from django.db.models import Exists, OuterRef, QuerySet

from people.models.agency import Agency, AgencyLink
from people.models.post import Post
from people.models.user import User
from people.queries import called, current, today


def parent_agencies() -> QuerySet[Agency]:
    """Return the living agencies that have units directly under them."""
    below = AgencyLink.objects.filter(current(today()), ancestor=OuterRef("pk"), depth=1)
    return Agency.objects.filter(Exists(below), dissolved_on__isnull=True).order_by("name")


def units_under(agency: Agency) -> QuerySet[Agency]:
    """Return the living units directly under an agency."""
    links = AgencyLink.objects.filter(current(today()), ancestor=agency, depth=1)
    return Agency.objects.filter(pk__in=links.values("descendant"), dissolved_on__isnull=True).order_by("name")


def posts_within(agency_ids: Collection[int]) -> QuerySet[Post]:
    """Return the current posts in these agencies, of active people."""
    posts = Post.objects.filter(current(today()), agency_id__in=agency_ids)
    return posts.filter(user__is_active=True, user__is_system=False).select_related("user", "agency")


def first_posts(path: str) -> QuerySet[Post]:
    """Return the current posts of the outer query's person at `path`, the longest held first."""
    return Post.objects.filter(current(today()), user=OuterRef(path)).order_by("valid_from", "pk")


def agencies_called(text: str = "") -> QuerySet[Agency]:
    """Return agencies by words of their name, dissolved ones too: for figures of the past."""
    return Agency.objects.filter(called(text, "name_folded"))


def people_by_id(public_ids: Collection[str]) -> QuerySet[User]:
    """Return the active people with these public ids."""
    return User.objects.filter(public_id__in=public_ids, is_active=True, is_system=False)
