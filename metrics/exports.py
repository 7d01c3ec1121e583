"""Writing figures out: JSON, CSV that Excel opens, XLSX."""

import csv
import io
import json
from typing import Any

from openpyxl import Workbook

from metrics.figures import Figure
from people.models import Agency

COLUMNS = ("code", "version", "name", "period", "value", "numerator", "denominator", "unit", "basis")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


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
    """Return the figures as CSV with a byte-order mark, cells that look like formulas defused."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows([defused(cell) for cell in row] for row in _rows(figures))
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(agency: Agency, period: str, figures: list[Figure]) -> bytes:
    """Return the figures as a workbook with one sheet."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(period)
    sheet.append(COLUMNS)
    for row in _rows(figures):
        sheet.append([defused(cell) for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


WRITERS = {"json": as_json, "csv": as_csv, "xlsx": as_xlsx}
MEDIA_TYPES = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


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


def defused(cell: Any) -> Any:
    """Return the cell, a text that a spreadsheet would run as a formula made plain text."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA_STARTS) else cell
