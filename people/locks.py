"""Row locks the actions take first: all without the key, or records naming a held person would wait for it."""

from collections.abc import Iterable
from typing import TypeVar

from django.db.models import Model, QuerySet

from people.models import Agency, Post
from people.queries import ids_above

Row = TypeVar("Row", bound=Model)


def locked(row: Row) -> Row:
    """Return the row as it is now, held until the commit."""
    rows: QuerySet[Row] = row._meta.default_manager.select_for_update(no_key=True)  # type: ignore[union-attr]
    return rows.get(pk=row.pk)


def locked_tree() -> dict[int, Agency]:
    """Hold the whole tree (a few hundred rows): it changes one move at a time, or two moves could make a ring."""
    return {agency.pk: agency for agency in Agency.objects.select_for_update(no_key=True).order_by("pk")}


def hold_agencies_over(posts: Iterable[Post]) -> None:
    """Hold the agencies of the posts and all above: administrators over them leave one after the other."""
    keys = {key for post in posts for key in ids_above(post.agency_id)}
    list(Agency.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk").values_list("pk"))
