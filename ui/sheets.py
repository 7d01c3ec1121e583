"""Tables as files: CSV that spreadsheet programs open rightly, and XLSX; cells that look like formulas are defused."""

import csv
import io
from collections.abc import Iterable, Sequence

Cell = str | int | float | None
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
MOST_TITLE, WIDEST = 31, 60
NOT_IN_TITLES = str.maketrans("", "", "[]:*?/\\")
MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
CONTROL = {code: None for code in range(32) if code not in (9, 10, 13)}


def defused(cell: Cell) -> Cell:
    """Return a cell that no spreadsheet program takes for a formula, without control characters."""
    if not isinstance(cell, str):
        return cell
    clean = cell.translate(CONTROL)
    return f"'{clean}" if clean.startswith(FORMULA_STARTS) else clean


def as_csv(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return UTF-8 with a byte-order mark, so that Excel shows the marks."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(head)
    writer.writerows([defused(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(title: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return a workbook with one sheet: a bold head that stays in sight, columns as wide as their words."""
    from openpyxl import Workbook  # large: in memory only where it is needed
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = title.translate(NOT_IN_TITLES)[:MOST_TITLE] or "1"
    lines: list[list[Cell]] = [list(head), *[[defused(cell) for cell in row] for row in rows]]
    for line in lines:
        sheet.append(line)
    for number in range(1, len(head) + 1):
        sheet.cell(1, number).font = Font(bold=True)
    sheet.freeze_panes = "A2"
    for number in range(1, len(head) + 1):
        widest = max(len(str(line[number - 1] or "")) for line in lines)
        sheet.column_dimensions[get_column_letter(number)].width = min(widest, WIDEST) + 2
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def table(form: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return a table as one of the `MEDIA_TYPES`."""
    return as_csv(head, rows) if form == "csv" else as_xlsx("", head, rows)
