"""Reads a workbook that may be hostile: run as a program of its own, which takes limits upon itself first.

The workbook comes on standard input; out goes JSON: `{"sheets": [{"name", "rows": [[number, [cell, …]], …], "cut"}]}`
or `{"problem": code}`. A cell is text, `{"day": "2026-07-01"}` or `{"formula": true}`. Imports nothing of the project.
"""

import io
import json
import resource
import sys
import zipfile
from datetime import date, datetime
from typing import Any

MEMORY, SECONDS = 768 * 1024 * 1024, 15
MAX_PARTS, MAX_UNPACKED = 400, 60 * 1024 * 1024
MAX_SHEETS, MAX_ROWS, MAX_SEEN, MAX_COLUMNS, MAX_TEXT = 8, 5000, 20000, 40, 400
CHUNK = 1024 * 1024


class Unfit(Exception):
    """The file is not a workbook we read; the code says why."""


def limit() -> None:
    """Take memory, time and files away from this process."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def inspect(content: bytes) -> None:
    """Unpack everything once, counting: what the archive says about its sizes is not believed."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > MAX_PARTS:
                raise Unfit("workbook_too_large")
            left = MAX_UNPACKED
            for part in parts:
                left = read_through(archive, part, left)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError):
        raise Unfit("workbook_unreadable") from None


def read_through(archive: zipfile.ZipFile, part: zipfile.ZipInfo, left: int) -> int:
    """Return how many bytes may still come after this part; a document type definition is refused."""
    first = True
    with archive.open(part) as stream:
        while chunk := stream.read(CHUNK):
            left -= len(chunk)
            if left < 0:
                raise Unfit("workbook_too_large")
            if first and b"<!DOCTYPE" in chunk.replace(b"\x00", b""):
                raise Unfit("workbook_unreadable")
            first = False
    return left


def sheets_of(content: bytes) -> list[dict[str, Any]]:
    """Return the sheets that are shown, formulas named instead of computed, links to other files not followed."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    return [{"name": sheet.title[:60], **rows_of(sheet)} for sheet in shown[:MAX_SHEETS]]


def rows_of(sheet: Any) -> dict[str, Any]:
    """Return the rows that hold anything, with their numbers."""
    rows: list[list[Any]] = []
    for number, cells in enumerate(sheet.iter_rows(max_row=MAX_SEEN, max_col=MAX_COLUMNS), start=1):
        values = [value_of(cell) for cell in cells]
        while values and values[-1] == "":
            values.pop()
        if values:
            rows.append([number, values])
        if len(rows) > MAX_ROWS:
            return {"rows": rows[:MAX_ROWS], "cut": True}
    return {"rows": rows, "cut": False}


def value_of(cell: Any) -> Any:
    """Return a cell as JSON holds it."""
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        return {"formula": True}
    if isinstance(value, datetime):
        return {"day": value.date().isoformat()}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(str(value).replace("\x00", " ").split())[:MAX_TEXT]


def main() -> None:
    """Read standard input, write the answer."""
    limit()
    content = sys.stdin.buffer.read()
    try:
        inspect(content)
        answer: dict[str, Any] = {"sheets": sheets_of(content)}
    except Unfit as unfit:
        answer = {"problem": str(unfit)}
    except MemoryError:
        answer = {"problem": "workbook_too_large"}
    except Exception:  # whatever a broken workbook makes the library raise
        answer = {"problem": "workbook_unreadable"}
    json.dump(answer, sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    main()
