"""Inserting rows on the path every write takes: the fields' own conversions, without an object per row.

The text of a statement does not depend on how many rows there are, so that a database prepares it once: SQLite takes
the rows one after the other, PostgreSQL takes one array per column.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.db import connection, models

from ledger.written import Written

AS_THEY_ARE = (models.CharField, models.TextField, models.IntegerField, models.BooleanField)
Converter = Callable[[Any], Any]


@dataclass(frozen=True)
class Upsert:
    """What happens to a row that is there already: the columns `changed` take the new values, or nothing does."""

    unique: tuple[str, ...]
    changed: tuple[str, ...] = ()


def insert(
    model: type[models.Model], names: tuple[str, ...], rows: Iterable[Sequence[Any]], upsert: Upsert | None = None
) -> None:
    """Insert rows of values in the order of `names` (attribute names of fields) with one statement."""
    statement, converters = prepared(model, names, upsert, connection.vendor)
    columns = [column(values, convert) for values, convert in zip(zip(*rows, strict=True), converters, strict=False)]
    if not columns:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(statement, columns)
        else:
            cursor.executemany(statement, list(zip(*columns, strict=True)))


def column(values: Sequence[Any], convert: Converter | None) -> list[Any]:
    """Return the values of one column as the database takes them."""
    if convert is None:
        return list(values)
    return [None if value is None else convert(value) for value in values]


@cache
def prepared(
    model: type[models.Model], names: tuple[str, ...], upsert: Upsert | None, vendor: str
) -> tuple[str, list[Converter | None]]:
    """Return the statement and what makes a value of each column fit for the database."""
    by_name: dict[str, Any] = {field.attname: field for field in model._meta.concrete_fields}
    fields = [by_name[name] for name in names]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    head = f'INSERT INTO "{model._meta.db_table}" ({columns}) '
    return head + source(fields, vendor) + conflict(upsert, by_name), [converter(field) for field in fields]


def source(fields: Sequence[Any], vendor: str) -> str:
    """Return where the rows come from: placeholders of one row, or one array per column."""
    if vendor != "postgresql":
        return f"VALUES ({', '.join(['%s'] * len(fields))})"
    arrays = ", ".join(f"%s::{array_type(field)}[]" for field in fields)
    names = [f"c{number}" for number in range(len(fields))]
    values = ", ".join(f"{name}::{field.db_type(connection)}" for name, field in zip(names, fields, strict=True))
    return f"SELECT {values} FROM unnest({arrays}) AS given({', '.join(names)})"


def array_type(field: Any) -> str:
    """Return the type in which a column's values travel: JSON as text, the rest as they are."""
    return "text" if isinstance(field, models.JSONField) else str(field.db_type(connection))


def conflict(upsert: Upsert | None, by_name: dict[str, Any]) -> str:
    """Return what happens when the row is there already."""
    if upsert is None:
        return ""
    keys = ", ".join(f'"{by_name[name].column}"' for name in upsert.unique)
    sets = ", ".join(f'"{by_name[name].column}" = excluded."{by_name[name].column}"' for name in upsert.changed)
    return f" ON CONFLICT ({keys}) DO {f'UPDATE SET {sets}' if sets else 'NOTHING'}"


def converter(field: Any) -> Converter | None:
    """Return what makes a value fit for the database; None where it is fit as it is."""
    target = field.target_field if field.is_relation else field
    if isinstance(target, AS_THEY_ARE):
        return None
    if isinstance(target, models.JSONField):
        return json_text
    if isinstance(target, models.DateTimeField):
        return instant_value
    return lambda value: target.get_db_prep_save(value, connection)


def json_text(value: Any) -> str:
    """Return a value as JSON."""
    return str(value) if isinstance(value, Written) else json.dumps(value)


def instant_value(value: datetime) -> Any:
    """Return an instant as this thread's connection takes it."""
    return connection.ops.adapt_datetimefield_value(value)
