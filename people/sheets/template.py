"""The workbook people fill in: three sheets with headings, rows that show how, and lists to choose from."""

import io
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

UNITS_SHEET, PEOPLE_SHEET, POSTS_SHEET, LISTS_SHEET = "Đơn vị", "Người dùng", "Kiêm nhiệm", "Danh mục"
ROLES = ("Công chức", "Lãnh đạo", "Văn thư", "Quản trị")
LAST = 5001
HEADINGS: dict[str, tuple[tuple[str, int], ...]] = {
    UNITS_SHEET: (
        ("Mã đơn vị *", 18), ("Tên đơn vị *", 44), ("Mã đơn vị cấp trên", 20), ("Tên viết tắt", 14), ("Địa danh", 20),
        ("Cơ quan chủ quản", 36), ("Mã định danh", 18), ("Từ ngày", 13),
    ),
    PEOPLE_SHEET: (
        ("Họ và tên *", 30), ("Tên đăng nhập *", 20), ("Thư điện tử", 30), ("Điện thoại", 16), ("Mã đơn vị", 18),
        ("Chức vụ", 26), ("Vai trò", 14), ("Từ ngày", 13),
    ),
    POSTS_SHEET: (
        ("Tên đăng nhập *", 20), ("Mã đơn vị *", 18), ("Chức vụ *", 26), ("Vai trò", 14), ("Từ ngày", 13),
        ("Đến hết ngày", 15),
    ),
}  # fmt: skip
EXAMPLES: dict[str, Sequence[Sequence[str]]] = {
    UNITS_SHEET: [
        ("vi-du.P-VHXH", "Ví dụ: Phòng Văn hóa - Xã hội", "{top}", "VHXH", "", "", "", "01/07/2026"),
        ("vi-du.P-KT", "Ví dụ: Phòng Kinh tế, Hạ tầng và Đô thị", "{top}", "KTHT", "", "", "", ""),
    ],
    PEOPLE_SHEET: [
        ("Ví dụ: Nguyễn Thị Ánh", "vi.du.anh", "anh@mau.gov.vn", "0912345678", "vi-du.P-VHXH", "Trưởng phòng",
         "Lãnh đạo", "01/07/2026"),
        ("Ví dụ: Trần Văn Bảy", "vi.du.bay", "", "", "vi-du.P-KT", "Chuyên viên", "Công chức", ""),
    ],
    POSTS_SHEET: [("vi.du.bay", "vi-du.P-VHXH", "Văn thư kiêm nhiệm", "Văn thư", "01/07/2026", "31/12/2026")],
}  # fmt: skip
NOTE = (
    "Cột có dấu * là bắt buộc. Các dòng ví dụ (mã hoặc tên đăng nhập bắt đầu bằng “vi-du”, “vi.du”) được bỏ qua khi "
    "nhập. Ngày viết theo dạng ngày/tháng/năm."
)


def template(top: str, units: Iterable[str], titles: Iterable[str]) -> bytes:
    """Return the template for an administrator whose first unit has the code `top`."""
    book = Workbook()
    book.remove(book.active)
    lists = fill_lists(book, list(units), list(titles))
    for name, headings in HEADINGS.items():
        sheet = book.create_sheet(name)
        fill_sheet(sheet, [heading for heading, _ in headings], [width for _, width in headings])
        add_examples(sheet, name, top)
        offer(sheet, headings, lists)
    book.move_sheet(LISTS_SHEET, offset=len(HEADINGS))
    book.active = 0
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def fill_lists(book: Workbook, units: list[str], titles: list[str]) -> dict[str, str]:
    """Write what there is to choose from on a hidden sheet; return where each list stands, by heading."""
    sheet = book.create_sheet(LISTS_SHEET)
    sheet.sheet_state = "hidden"
    ranges = {}
    for column, (name, values) in enumerate({"Mã đơn vị": units, "Chức vụ": titles, "Vai trò": ROLES}.items(), start=1):
        for row, value in enumerate(values, start=1):
            sheet.cell(row, column, value)
        letter = get_column_letter(column)
        if values:
            ranges[name] = f"'{LISTS_SHEET}'!${letter}$1:${letter}${len(values)}"
    return ranges


def fill_sheet(sheet: Worksheet, headings: Sequence[str], widths: Sequence[int]) -> None:
    """Write the headings so that they stay in sight, dates as text so that nothing rewrites them."""
    sheet.append(headings)
    sheet.freeze_panes = "A2"
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
        cell = sheet.cell(1, column)
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), PatternFill("solid", fgColor="7A1F1F")
        cell.alignment = Alignment(wrap_text=True, vertical="center")
    sheet.row_dimensions[1].height = 30


def add_examples(sheet: Worksheet, name: str, top: str) -> None:
    """Write the rows that show how it is filled in, and the note beside them."""
    for values in EXAMPLES[name]:
        sheet.append([value.format(top=top) for value in values])
    for row in sheet.iter_rows(min_row=2, max_row=sheet.max_row):
        for cell in row:
            cell.font, cell.number_format = Font(italic=True, color="808080"), "@"
    beside = sheet.cell(2, len(HEADINGS[name]) + 2, NOTE)  # not in the first row: there it would be read as a heading
    beside.font, beside.alignment = Font(italic=True), Alignment(wrap_text=True, vertical="top")
    sheet.column_dimensions[get_column_letter(len(HEADINGS[name]) + 2)].width = 60


def offer(sheet: Worksheet, headings: Sequence[tuple[str, int]], lists: dict[str, str]) -> None:
    """Let cells be chosen from a list; codes and titles that are not in it may still be typed."""
    for column, (heading, _) in enumerate(headings, start=1):
        name = heading.removesuffix(" *").removesuffix(" cấp trên")
        if name not in lists or (sheet.title == UNITS_SHEET and column == 1):
            continue
        rule = DataValidation("list", formula1=lists[name], allow_blank=True, showErrorMessage=name == "Vai trò")
        rule.error, rule.errorTitle = "Chọn một vai trò trong danh sách.", "Vai trò"
        letter = get_column_letter(column)
        rule.add(f"{letter}2:{letter}{LAST}")
        sheet.add_data_validation(rule)
