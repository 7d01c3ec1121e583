"""Document types as dated data: what the law names, on which basis, from which day."""

import json
from datetime import date
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parent / "data" / "document_types.json"


def type_rows() -> list[dict[str, Any]]:
    """Return one row per type of `data/document_types.json`, as the table keeps them."""
    data = json.loads(DATA.read_text(encoding="utf-8"))
    dated = {"basis": data["basis"], "effective_from": date.fromisoformat(data["effective_from"])}
    return [{**dated, **row} for row in data["types"]]


def load_types(table: Any) -> int:
    """Add the rows that are missing in `table` (a manager of document types); return how many there are."""
    rows = type_rows()
    legal = {"agency": None} if "agency" in {field.name for field in table.model._meta.fields} else {}
    for row in rows:
        key = {"code": row["code"], "effective_from": row["effective_from"], **legal}
        table.get_or_create(**key, defaults={name: value for name, value in row.items() if name not in key})
    return len(rows)
