"""Rows of the three sheets: what each cell says, and what is wrong with it. Pure."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from people.names import normalised
from people.sheets.headings import PEOPLE, POSTS, REQUIRED, UNITS, fields_of, heading_row, letter, unknown_headings
from search.fold import fold

ROLES = {
    **dict.fromkeys(("admin", "quan tri", "quan tri vien", "nguoi quan tri", "quan tri don vi"), "admin"),
    **dict.fromkeys(("clerk", "van thu"), "clerk"),
    **dict.fromkeys(("leader", "lanh dao"), "leader"),
    **dict.fromkeys(("official", "cong chuc", "chuyen vien", "can bo", "vien chuc"), "official"),
}
USERNAME = re.compile(r"[a-z0-9](?:[a-z0-9._-]{1,58})[a-z0-9]")
CODE = re.compile(r"\w(?:[\w./-]{0,38}\w)?")
PHONE = re.compile(r"\+?[0-9][0-9 .()-]{5,18}[0-9]")
MOST_ROWS = 20000
EXAMPLES = ("vi-du", "vi.du")
FORMATS = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d")
LENGTHS = {
    "code": 40, "name": 200, "abbreviation": 20, "place": 80, "superior_name": 200, "organ_id": 35, "parent": 40,
    "full_name": 120, "username": 60, "email": 254, "phone": 20, "unit": 40, "title": 120, "role": 40,
}  # fmt: skip


@dataclass(frozen=True)
class Fault:
    """What is wrong in one cell: its sheet and place, a code with a sentence, what the sentence names."""

    sheet: str
    row: int
    cell: str
    code: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class Row:
    """One row of a sheet: what its cells say, where they stand, what is wrong with them."""

    kind: str
    sheet: str
    number: int
    places: Mapping[str, int]
    values: dict[str, Any]
    faults: list[Fault] = field(default_factory=list)

    def get(self, name: str) -> Any:
        """Return what a cell says, an empty text where it says nothing."""
        return self.values.get(name, "")

    def at(self, name: str) -> str:
        """Return the place of a cell, such as B17; of the whole row where there is no such column."""
        return f"{letter(self.places[name])}{self.number}" if name in self.places else str(self.number)

    def wrong(self, name: str, code: str, **values: Any) -> None:
        """Note what is wrong with a cell."""
        self.faults.append(Fault(self.sheet, self.number, self.at(name), code, values))


@dataclass(frozen=True)
class Table:
    """A workbook as read: the rows of each kind, what is wrong with whole sheets, which columns were passed over."""

    rows: dict[str, list[Row]]
    faults: list[Fault]
    unread: list[tuple[str, str]]
    sheets: list[str] = field(default_factory=list)


def table_of(sheets: list[dict[str, Any]]) -> Table:
    """Return the rows of a workbook; sheets without headings we know are passed over."""
    table = Table({UNITS: [], PEOPLE: [], POSTS: []}, [], [])
    for sheet in sheets:
        take_sheet(table, sheet)
    if sum(len(rows) for rows in table.rows.values()) > MOST_ROWS:
        return Table({UNITS: [], PEOPLE: [], POSTS: []}, [Fault("", 0, "", "too_many_rows")], [], table.sheets)
    if not any(table.rows.values()) and not table.faults:
        table.faults.append(Fault("", 0, "", "no_rows" if table.sheets else "no_headings"))
    return table


def take_sheet(table: Table, sheet: Mapping[str, Any]) -> None:
    """Add the rows of one sheet."""
    name, rows = str(sheet["name"]), [(number, cells) for number, cells in sheet["rows"]]
    start, kind = heading_row(rows)
    if not kind:
        return
    number, headings = rows[start]
    table.sheets.append(name)
    places = fields_of(kind, headings)
    table.unread.extend((name, heading) for heading in unknown_headings(kind, headings))
    missing = [wanted for wanted in REQUIRED[kind] if wanted not in places]
    table.faults.extend(Fault(name, number, str(number), "column_missing", {"column": field}) for field in missing)
    if sheet.get("cut"):
        table.faults.append(Fault(name, 0, "", "sheet_cut"))
    if not missing:
        read = (row_of(kind, name, number, cells, places) for number, cells in rows[start + 1 :])
        table.rows[kind] += [row for row in read if not is_example(row)]


def is_example(row: Row) -> bool:
    """Is it one of the rows with which the template shows how it is filled in?"""
    return str(row.get("code") or row.get("username")).lower().startswith(EXAMPLES)


def row_of(kind: str, sheet: str, number: int, cells: list[Any], places: Mapping[str, int]) -> Row:
    """Return one row with every cell read and looked at."""
    row = Row(kind, sheet, number, places, {})
    for name, index in places.items():
        row.values[name] = read_cell(row, name, cells[index] if index < len(cells) else "")
    for name in REQUIRED[kind]:
        if row.get(name) == "" and not any(fault.cell == row.at(name) for fault in row.faults):
            row.wrong(name, f"{name}_missing")
    return row


def read_cell(row: Row, name: str, cell: Any) -> Any:
    """Return what the cell says in its own type; what cannot be read is noted and counts as empty."""
    if isinstance(cell, dict) and "formula" in cell:
        row.wrong(name, "formula")
        return ""
    if name in {"from_day", "to_day"}:
        return read_day(row, name, cell)
    text = normalised(str(cell.get("day", "")) if isinstance(cell, dict) else str(cell))
    if len(text) > LENGTHS[name]:
        row.wrong(name, "too_long", most=LENGTHS[name])
        return ""
    return READERS[name](row, text) if text and name in READERS else text


def read_day(row: Row, name: str, cell: Any) -> Any:
    """Return a day, written day first or as a date of the workbook."""
    text = str(cell["day"]) if isinstance(cell, dict) else str(cell).strip()
    if not text:
        return ""
    for form in FORMATS:
        try:
            day = datetime.strptime(text, form).date()  # noqa: DTZ007
        except ValueError:
            continue
        if date(1945, 9, 2) <= day <= date(2100, 1, 1):
            return day
    row.wrong(name, "bad_day", text=text[:40])
    return ""


def matching(form: "re.Pattern[str]", name: str, code: str) -> Callable[[Row, str], str]:
    """Return the reader of a text that must have this form."""

    def read(row: Row, text: str) -> str:
        if form.fullmatch(text):
            return text
        row.wrong(name, code, text=text[:60])
        return ""

    return read


def read_username(row: Row, text: str) -> str:
    """Return a sign-in name in small letters."""
    return matching(USERNAME, "username", "bad_username")(row, text.lower())


def read_phone(row: Row, text: str) -> str:
    """Return a phone number; the zero a spreadsheet drops from a number is put back."""
    lost_zero = text.isdecimal() and len(text) == 9
    return matching(PHONE, "phone", "bad_phone")(row, f"0{text}" if lost_zero else text)


def read_role(row: Row, text: str) -> str:
    """Return the code of a role, however it is spelt."""
    role = ROLES.get(" ".join(fold(text).split()), "")
    if not role:
        row.wrong("role", "bad_role", text=text[:40])
    return role


READERS: dict[str, Callable[[Row, str], str]] = {
    "code": matching(CODE, "code", "bad_code"),
    "username": read_username,
    "phone": read_phone,
    "role": read_role,
}
