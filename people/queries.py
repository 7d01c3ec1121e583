"""Reading people: current posts, audiences, who is seen by whom."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils import timezone

from people.models.agency import Agency
from people.models.post import Post

if TYPE_CHECKING:
    from people.models.user import User

AudienceProvider = Callable[["User"], "list[str]"]
_providers: list[AudienceProvider] = []


def today() -> date:
    """Return the legal day now (Asia/Ho_Chi_Minh)."""
    return timezone.localdate()


def current(day: date) -> Q:
    """Return the filter for rows valid on `day`."""
    return Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gt=day))


def current_posts(user: "User", day: date | None = None) -> QuerySet[Post]:
    """Return the posts the person holds on `day` (today), agencies fetched along."""
    return Post.objects.filter(current(day or today()), user=user, user__is_active=True).select_related("agency")


def first_current_post_id(user: "User") -> int | None:
    """Return the post a person acts in when none was picked."""
    return current_posts(user).values_list("pk", flat=True).first()


def holds(user: "User", agency_id: int, *roles: str) -> bool:
    """Does the person hold one of these roles in the agency today?"""
    return any(post.agency_id == agency_id and post.role in roles for post in posts_of(user))


def posts_of(user: "User") -> list[Post]:
    """Return today's posts, read once per request and person object."""
    kept: list[Post] | None = getattr(user, "_posts_today", None)
    if kept is None:
        kept = list(current_posts(user))
        user._posts_today = kept  # type: ignore[attr-defined]
    return kept


def register_audiences(provider: AudienceProvider) -> None:
    """Let an upper package name further audiences a person belongs to; called from its `AppConfig.ready`."""
    if provider not in _providers:
        _providers.append(provider)


def audiences_of(user: "User") -> list[str]:
    """Return every audience key the person belongs to now: own, posts, and what upper packages add (one query each)."""
    keys = [f"user:{user.pk}"]
    for post in posts_of(user):
        keys += [f"agency:{post.agency_id}", f"agency:{post.agency_id}:{post.role}"]
    return keys + [key for provider in _providers for key in provider(user)]


def visible_agencies(user: "User") -> QuerySet[Agency]:
    """Return the agencies of the installation's tree that a person may address documents to: all living ones."""
    return Agency.objects.filter(dissolved_on__isnull=True) if posts_of(user) else Agency.objects.none()
