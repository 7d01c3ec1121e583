"""Writing figures out: JSON, CSV that Excel opens, XLSX."""

import json
from typing import Any

from metrics.figures import Figure
from people.models import Agency
from ui import sheets

COLUMNS = ("code", "version", "name", "period", "value", "numerator", "denominator", "unit", "basis")


def as_data(agency: Agency, period: str, figures: list[Figure]) -> dict[str, Any]:
    """Return the export contract of docs/architecture.md; `value` is a number, or null with nothing to measure."""
    indicators = [
        {
            "code": figure.indicator.code,
            "version": figure.indicator.version,
            "value": None if figure.value is None else float(figure.value),
            "numerator": figure.numerator,
            "denominator": figure.denominator,
            "unit": figure.indicator.unit,
        }
        for figure in figures
    ]
    return {"agency": agency.code, "period": period, "indicators": indicators}


def as_json(agency: Agency, period: str, figures: list[Figure]) -> bytes:
    """Return the figures as UTF-8 JSON."""
    return (json.dumps(as_data(agency, period, figures), ensure_ascii=False, indent=2) + "\n").encode()


def as_csv(agency: Agency, period: str, figures: list[Figure]) -> bytes:
    """Return the figures as CSV."""
    return sheets.as_csv(COLUMNS, _rows(figures))


def as_xlsx(agency: Agency, period: str, figures: list[Figure]) -> bytes:
    """Return the figures as a workbook with one sheet."""
    return sheets.as_xlsx(period, COLUMNS, _rows(figures))


WRITERS = {"json": as_json, "csv": as_csv, "xlsx": as_xlsx}
MEDIA_TYPES = {"json": "application/json", **sheets.MEDIA_TYPES}


def _rows(figures: list[Figure]) -> list[list[Any]]:
    return [
        [
            figure.indicator.code,
            figure.indicator.version,
            figure.indicator.name_in("vi"),
            figure.period.name,
            None if figure.value is None else float(figure.value),
            figure.numerator,
            figure.denominator,
            figure.indicator.unit,
            figure.indicator.basis,
        ]
        for figure in figures
    ]
