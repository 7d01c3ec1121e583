"""Row locks the actions take first."""

from typing import TypeVar

from django.db.models import Model, QuerySet

from people.models import Agency

Row = TypeVar("Row", bound=Model)


def locked(row: Row) -> Row:
    """Return the row as it is now, held until the commit."""
    rows: QuerySet[Row] = row._meta.default_manager.select_for_update()  # type: ignore[union-attr]
    return rows.get(pk=row.pk)


def locked_tree() -> dict[int, Agency]:
    """Hold the whole tree (a few hundred rows): it changes one move at a time, or two moves could make a ring."""
    return {agency.pk: agency for agency in Agency.objects.select_for_update().order_by("pk")}
