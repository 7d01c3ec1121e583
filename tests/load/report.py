"""The form of a measurement's line, which outside checks read."""

import json
from typing import Any


def report(bench: str, params: dict[str, Any], value: float, unit: str, reference: float | None = None) -> None:
    """Print one line; `reference` is what the value was compared with in the same run."""
    line = {
        "bench": bench,
        "params": params,
        "value": round(value, 4),
        "unit": unit,
        "reference": None if reference is None else round(reference, 4),
        "ratio": round(value / reference, 3) if reference else None,
    }
    print(json.dumps(line, ensure_ascii=False), flush=True)
