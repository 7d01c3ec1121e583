"""Which sheet is which, and which column holds what: by headings, whatever their order, case and marks. Pure."""

from collections.abc import Sequence
from typing import Any

from search.fold import fold, words

UNITS, PEOPLE, POSTS = "units", "people", "posts"
FROM_DAY = ("từ ngày", "ngày bắt đầu", "hiệu lực từ ngày", "from day")
UNIT = ("mã đơn vị", "đơn vị", "mã phòng ban", "đơn vị công tác", "unit code")
USERNAME = ("tên đăng nhập", "tài khoản", "tên tài khoản", "username", "sign-in name")
TITLE = ("chức vụ", "chức danh", "chức vụ, chức danh", "title")
ROLE = ("vai trò", "quyền", "role")
COLUMNS: dict[str, dict[str, tuple[str, ...]]] = {
    UNITS: {
        "code": ("mã đơn vị", "mã", "mã phòng ban", "unit code", "code"),
        "name": ("tên đơn vị", "đơn vị", "tên cơ quan, đơn vị", "tên phòng ban", "name of unit"),
        "parent": ("mã đơn vị cấp trên", "đơn vị cấp trên", "cấp trên", "trực thuộc", "parent code"),
        "abbreviation": ("tên viết tắt", "viết tắt", "abbreviation"),
        "place": ("địa danh", "nơi ban hành", "place"),
        "superior_name": ("cơ quan chủ quản", "tên cơ quan cấp trên", "superior"),
        "organ_id": ("mã định danh", "mã định danh điện tử", "organ id"),
        "from_day": FROM_DAY,
    },
    PEOPLE: {
        "full_name": ("họ và tên", "họ tên", "họ và tên đầy đủ", "full name"),
        "username": USERNAME,
        "email": ("thư điện tử", "email", "e-mail", "địa chỉ thư điện tử"),
        "phone": ("điện thoại", "số điện thoại", "điện thoại di động", "sđt", "phone"),
        "unit": UNIT,
        "title": TITLE,
        "role": ROLE,
        "from_day": FROM_DAY,
    },
    POSTS: {
        "username": USERNAME,
        "unit": UNIT,
        "title": TITLE,
        "role": ROLE,
        "from_day": FROM_DAY,
        "to_day": ("đến hết ngày", "đến ngày", "ngày kết thúc", "until"),
    },
}
REQUIRED = {UNITS: ("code", "name"), PEOPLE: ("full_name", "username"), POSTS: ("username", "unit", "title")}
LOOKED_AT = 12


def key(heading: Any) -> str:
    """Return what two spellings of one heading have in common; stars and what stands in brackets do not count."""
    text = heading if isinstance(heading, str) else ""
    return " ".join(words(fold(text.split("(")[0])))


_KEYS = {
    kind: {key(name): field for field, names in columns.items() for name in names} for kind, columns in COLUMNS.items()
}


def fields_of(kind: str, headings: Sequence[Any]) -> dict[str, int]:
    """Return the columns of the fields of a kind of sheet; of two columns with one heading the first counts."""
    found: dict[str, int] = {}
    for index, heading in enumerate(headings):
        field = _KEYS[kind].get(key(heading))
        if field and field not in found:
            found[field] = index
    return found


def kind_of(headings: Sequence[Any]) -> str:
    """Return which kind of sheet has these headings, or nothing."""
    people = fields_of(PEOPLE, headings)
    if "full_name" in people:
        return PEOPLE
    if "username" in people and len(people) > 1:
        return POSTS
    units = fields_of(UNITS, headings)
    return UNITS if "code" in units and len(units) > 1 else ""


def heading_row(rows: Sequence[tuple[int, Sequence[Any]]]) -> tuple[int, str]:
    """Return where in the first rows the headings stand, and the kind of sheet they tell; (-1, "") without any."""
    for place, (_, cells) in enumerate(rows[:LOOKED_AT]):
        kind = kind_of(cells)
        if kind:
            return place, kind
    return -1, ""


def unknown_headings(kind: str, headings: Sequence[Any]) -> list[str]:
    """Return the headings nothing is read from."""
    return [heading for heading in headings if isinstance(heading, str) and heading and key(heading) not in _KEYS[kind]]


def letter(index: int) -> str:
    """Return the letters of a column: 0 is A, 26 is AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name
