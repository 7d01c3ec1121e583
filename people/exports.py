"""The sign-in log as a file: CSV that Excel opens, XLSX; cells that look like formulas are defused."""

import csv
import io
from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook

from people.forms import outcome_label
from people.models import SignIn

MOST = 50_000
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def rows_of(lines: Iterable[SignIn]) -> Iterable[list[str]]:
    """Yield the headings and a row for each line, in the active language."""
    yield [_("Time"), _("Sign-in name"), _("Full name"), _("Outcome"), _("Network address"), _("Device")]
    for line in lines:
        name = line.user.full_name if line.user else ""
        when = timezone.localtime(line.at).strftime("%d/%m/%Y %H:%M:%S")
        yield [when, *(defused(cell) for cell in (line.username, name, outcome_label(line))), line.address or "",
               defused(line.agent)]  # fmt: skip


def defused(cell: str) -> str:
    """Return a cell that no spreadsheet computes."""
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell


def as_csv(lines: Iterable[SignIn]) -> bytes:
    """Return the lines as CSV with a byte-order mark."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows_of(lines))
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(lines: Iterable[SignIn]) -> bytes:
    """Return the lines as a workbook with one sheet."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Sign-in log"))
    for row in rows_of(lines):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


WRITERS = {"csv": as_csv, "xlsx": as_xlsx}
