"""Row locks the actions take first."""

from typing import TypeVar

from django.db.models import Manager, Model

from people.models import Agency

Row = TypeVar("Row", bound=Model)


def locked(row: Row) -> Row:
    """Return the row as it is now, held until the commit."""
    manager: Manager[Row] = type(row)._default_manager  # noqa: SLF001 - the documented way from a class to its rows
    return manager.select_for_update().get(pk=row.pk)


def locked_tree() -> dict[int, Agency]:
    """Hold the whole tree (a few hundred rows): it changes one move at a time, or two moves could make a ring."""
    return {agency.pk: agency for agency in Agency.objects.select_for_update().order_by("pk")}
