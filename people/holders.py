"""Who has which right: of one post, and of a whole agency."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from people.models import Post, PostRight
from people.queries import posts_of_agency
from people.rights import Right, all_rights


@dataclass(frozen=True)
class Held:
    """One right as one post stands to it: brought by the role, given beyond it, or neither."""

    right: Right
    by_role: bool
    given: PostRight | None


@dataclass(frozen=True)
class Holders:
    """One right and the posts of an agency that have it."""

    right: Right
    by_role: list[Post] = field(default_factory=list)
    given: list[tuple[Post, PostRight]] = field(default_factory=list)


def rights_of_posts(posts: Iterable[Post]) -> dict[int, list[Held]]:
    """Return every right of every post, in one query."""
    known = list(posts)
    given = grants_of(known)
    return {post.pk: [held(post, right, given) for right in all_rights()] for post in known}


def held(post: Post, right: Right, given: dict[tuple[int, str], PostRight]) -> Held:
    """Return how the post stands to the right."""
    return Held(right, post.role in right.roles, given.get((post.pk, right.code)))


def grants_of(posts: Iterable[Post]) -> dict[tuple[int, str], PostRight]:
    """Return the extra rights of these posts by (post, code), who gave them fetched along."""
    rows = PostRight.objects.filter(post__in=[post.pk for post in posts], taken_back_at__isnull=True)
    return {(row.post_id, row.code): row for row in rows.select_related("given_by")}


def holders_in(agency_id: int) -> list[Holders]:
    """Return who has which right in the agency today, in two queries."""
    posts = list(posts_of_agency(agency_id))
    extra: dict[str, list[tuple[Post, PostRight]]] = defaultdict(list)
    by_key = {post.pk: post for post in posts}
    for (post_id, code), row in grants_of(posts).items():
        extra[code].append((by_key[post_id], row))
    return [
        Holders(right, [post for post in posts if post.role in right.roles], extra[right.code])
        for right in all_rights()
    ]
