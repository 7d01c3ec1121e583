"""Workbooks for tests: three sheets out of rows, as a spreadsheet program writes them."""

import io
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook

UNITS = ("Mã đơn vị *", "Tên đơn vị *", "Mã đơn vị cấp trên", "Tên viết tắt", "Địa danh", "Từ ngày")
PEOPLE = (
    "Họ và tên *", "Tên đăng nhập *", "Thư điện tử", "Điện thoại", "Mã đơn vị", "Chức vụ", "Vai trò", "Từ ngày",
)  # fmt: skip
POSTS = ("Tên đăng nhập *", "Mã đơn vị *", "Chức vụ *", "Vai trò", "Từ ngày", "Đến hết ngày")
Rows = Sequence[Sequence[Any]]


def workbook(units: Rows = (), people: Rows = (), posts: Rows = ()) -> bytes:
    """Return a workbook with the three sheets of the template."""
    book = Workbook(write_only=True)
    for name, headings, rows in (
        ("Đơn vị", UNITS, units),
        ("Người dùng", PEOPLE, people),
        ("Kiêm nhiệm", POSTS, posts),
    ):
        sheet = book.create_sheet(name)
        sheet.append(headings)
        for row in rows:
            sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def sheets(units: Rows = (), people: Rows = (), posts: Rows = ()) -> list[dict[str, Any]]:
    """Return what the reader makes of such a workbook, without the workbook."""
    parts = (("Đơn vị", UNITS, units), ("Người dùng", PEOPLE, people), ("Kiêm nhiệm", POSTS, posts))
    return [
        {
            "name": name,
            "cut": False,
            "rows": [[1, list(headings)], *([at, [str(cell) for cell in row]] for at, row in enumerate(rows, start=2))],
        }
        for name, headings, rows in parts
    ]
