"""Inserting rows on the path every write takes: the fields' own conversions, without an object per row."""

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import chain
from typing import Any

from django.db import connection, models


def insert(model: type[models.Model], names: tuple[str, ...], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows of values in the order of `names` (attribute names of fields) with one statement."""
    head, fields, place = prepared(model, names)
    values = [
        [field.get_db_prep_save(value, connection) for field, value in zip(fields, row, strict=True)] for row in rows
    ]
    if values:
        with connection.cursor() as cursor:
            cursor.execute(head + ", ".join([place] * len(values)), list(chain.from_iterable(values)))


@cache
def prepared(model: type[models.Model], names: tuple[str, ...]) -> tuple[str, list[Any], str]:
    """Return the statement's head, the fields, and the placeholders of one row."""
    by_name: dict[str, Any] = {field.attname: field for field in model._meta.concrete_fields}
    fields = [by_name[name] for name in names]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    return f'INSERT INTO "{model._meta.db_table}" ({columns}) VALUES ', fields, f"({', '.join(['%s'] * len(fields))})"
