"""An agenda pasted from Word: HTML or plain text becomes an outline of items with presenter, unit and minutes. Pure."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from meetings.outline import DEEPEST, settled
from meetings.pasted_markup import Line, clean, lines_of_html, lines_of_text

LONGEST_LINE = 1_500
MOST = 300
LONGEST_TITLE, LONGEST_WHO = 500, 200
DAY_MINUTES = 24 * 60


@dataclass(frozen=True)
class Item:
    """One line of the agenda as it was understood."""

    title: str
    depth: int = 0
    presenter: str = ""
    unit: str = ""
    minutes: int = 0


# --- what a line says

NUMBERS: list[tuple[str, Callable[[str], int]]] = [
    (r"(\d{1,2}(?:\.\d{1,2}){1,3})\.?\)?\s", lambda mark: mark.count(".") + 100),
    (r"((?:phần|mục)\s+(?:[IVX]{1,5}|\d{1,2}))\s*[.:)\-–]?\s", lambda mark: 0),
    (r"([IVX]{1,5})\s*[.)\-–/]\s*", lambda mark: 1),
    (r"([A-HĐ])\s*[.)]\s*", lambda mark: 0),
    (r"((?:nội dung|việc thứ)\s+\d{1,2})\s*[.:)\-–]\s*", lambda mark: 2),
    (r"(\d{1,2})\s*[.)/]\s*(?!\d)", lambda mark: 2),
    (r"([a-zđ])\s*[.)]\s+", lambda mark: 3),
    (r"([-–—+•·▪►*o§])\s+", lambda mark: 4 + (mark in "+o")),
]
HOUR = r"(\d{1,2})\s*(?:h|g|giờ|:)\s*(\d{2})?\s*(?:'|′|phút)?"
SPAN = re.compile(rf"^\(?(?:từ\s+)?{HOUR}\s*(?:-|–|—|đến)\s*{HOUR}\)?\s*[:.\-–)]?\s*", re.IGNORECASE)
ONE_HOUR = re.compile(rf"^(?:lúc\s+)?{HOUR}\s*[:.\-–)]\s+", re.IGNORECASE)
LASTS = r"(?:(?:thời gian|thời lượng|dự kiến|khoảng)\s*:?\s*){0,3}\b(\d{1,3})\s*(?:phút|['′’])"
LENGTH = re.compile(LASTS, re.IGNORECASE)
LENGTH_FIRST = re.compile(rf"^\s*{LASTS}\s*(?:[,;:–-]|$)", re.IGNORECASE)
LENGTH_LAST = re.compile(rf"[,;:–-]\s*{LASTS}[\s.]*$", re.IGNORECASE)
WHO = "người trình bày|người trình|người báo cáo|báo cáo viên|trình bày|phụ trách"
WHICH = "đơn vị (?:trình|chuẩn bị|báo cáo|chủ trì|thực hiện)|cơ quan (?:trình|chuẩn bị|báo cáo|soạn thảo)"
NAMED = r"\s*:\s*([^();]+)\)?\s*$"
PRESENTER = re.compile(rf"\b(?:{WHO}){NAMED}", re.IGNORECASE)
UNIT = re.compile(rf"\b(?:{WHICH}){NAMED}", re.IGNORECASE)
BODIES = "Sở|Ban(?! hành)|Phòng|Văn phòng|Ủy ban|UBND|HĐND|Thanh tra|Công an|Chi cục|Trung tâm|Đảng ủy|Bộ Chỉ huy"
HEADS = (
    "Ông|Bà|Đồng chí|Đ/c|Chánh|Phó|Giám đốc|Chủ tịch|Bí thư|Trưởng|Tổ trưởng|Thư ký|Đại diện|Lãnh đạo|Chủ tọa|Chủ trì"
)
BODY, HEAD = re.compile(rf"(?:{BODIES})\b"), re.compile(rf"(?:{HEADS})(?!\w)")
SPOKEN = re.compile(rf"((?:{BODIES}|{HEADS})(?!\w)[^;:()]*?)\s+(?:trình bày|báo cáo)[\s.]*$")
SPEAKS = re.compile(rf"(?:\s[-–—]\s|[;:.]\s)\s*{SPOKEN.pattern}")
BRACKET = re.compile(r"\(([^()]*)\)")
LAST_BRACKET = re.compile(r"\(([^()]*)\)[\s.;]*$")


@dataclass
class Said:
    """What was taken out of a line."""

    title: str
    rank: int = -1
    number: tuple[int, ...] = ()
    presenter: str = ""
    unit: str = ""
    minutes: int = 0


def minutes_between(parts: Sequence[str | None]) -> int:
    """Return the minutes from one time of day to a later one, 0 when that makes no sense."""
    hour, minute, end_hour, end_minute = (int(part or 0) for part in parts)
    span = (end_hour * 60 + end_minute) - (hour * 60 + minute)
    return span if 0 < span <= DAY_MINUTES else 0


def said_in(text: str) -> Said:
    """Take number, time, length, presenter and unit out of a line; what is left is its title."""
    said = Said(text[:LONGEST_LINE])
    _take_time(said)
    _take_number(said)
    _take_time(said)
    said.title = BRACKET.sub(lambda found: _timed(said, found), said.title)
    _take_length(said)
    _take_last_bracket(said)
    for pattern, name in ((PRESENTER, "presenter"), (UNIT, "unit"), (PRESENTER, "presenter"), (SPEAKS, "presenter")):
        found = pattern.search(said.title)
        if found and found.start() > 0:
            _keep(said, name, found[1])
            said.title = said.title[: found.start()]
    _take_last_bracket(said)
    said.title = tidy(matched(tidy(said.title)[:LONGEST_TITLE]))
    return said


def matched(text: str) -> str:
    """Return a text without the brackets that open or close nothing."""
    opened: list[int] = []
    stray: set[int] = set()
    for place, sign in enumerate(text):
        if sign == "(":
            opened.append(place)
        elif sign == ")" and opened:
            opened.pop()
        elif sign == ")":
            stray.add(place)
    stray.update(opened)
    return "".join(sign for place, sign in enumerate(text) if place not in stray)


def tidy(text: str) -> str:
    """Return a text without what only joined it to the rest of its line."""
    return clean(text).strip(" ;,:–-")


def _take_time(said: Said) -> None:
    if found := SPAN.match(said.title):
        said.minutes = said.minutes or minutes_between(found.groups())
        said.title = said.title[found.end() :]
    elif found := ONE_HOUR.match(said.title):
        said.title = said.title[found.end() :]


def _keep(said: Said, name: str, words: str) -> None:
    """Keep who was named, unless somebody was named before."""
    setattr(said, name, getattr(said, name) or tidy(matched(words)))


def _take_length(said: Said) -> None:
    """Take the minutes out of the line; words in a bracket stay as they are."""
    if found := LENGTH.search(said.title):
        said.minutes = said.minutes or int(found[1])
        before = said.title[: found.start()]
        if before.count("(") <= before.count(")"):
            said.title = f"{before} {said.title[found.end() :]}"


def _timed(said: Said, bracket: re.Match[str]) -> str:
    """Read a bracket with minutes in it, "(Chánh Văn phòng, 10 phút)"; return what is left of it."""
    found = LENGTH_FIRST.search(bracket[1]) or LENGTH_LAST.search(bracket[1])
    if found is None:
        return bracket[0]
    said.minutes = said.minutes or int(found[1])
    inside = bracket[1][: found.start()] + bracket[1][found.end() :]
    return _read(said, inside, lambda piece: piece[:1].isupper())


def _take_last_bracket(said: Said) -> None:
    """Read the bracket at the end of the line, "(Sở Nội vụ)"."""
    found = LAST_BRACKET.search(said.title)
    if found and found.start() > 0:
        said.title = said.title[: found.start()] + _read(said, found[1], lambda piece: bool(HEAD.match(piece)))


def _read(said: Said, inside: str, is_person: Callable[[str], bool]) -> str:
    """Take presenter and unit out of the words of a bracket; return the rest of them, in brackets."""
    left = []
    for piece in filter(None, map(tidy, inside.split(";"))):
        label = next((one for one in ((PRESENTER, "presenter"), (UNIT, "unit")) if one[0].match(piece)), None)
        if label and (found := label[0].match(piece)):
            _keep(said, label[1], found[1])
        elif found := SPOKEN.match(piece):
            _keep(said, "presenter", found[1])
        elif BODY.match(piece) and not said.unit:
            said.unit = piece
        elif is_person(piece) and not said.presenter:
            said.presenter = piece
        else:
            left.append(piece)
    return f"({'; '.join(left)})" if left else " "


def _take_number(said: Said) -> None:
    for pattern, rank in NUMBERS:
        flags = re.IGNORECASE if "phần" in pattern or "nội dung" in pattern else 0
        found = re.match(pattern, f"{said.title} ", flags)
        if found:
            said.rank = rank(found[1])
            said.title = said.title[found.end() :]
            return


# --- tables

COLUMNS = {
    "number": "stt|tt|số tt|số thứ tự",
    "title": "nội dung|công việc|nội dung công việc|chương trình|nội dung họp|nội dung trình",
    "presenter": "người trình bày|người trình|người báo cáo|báo cáo viên|trình bày|phụ trách|người thực hiện",
    "unit": "đơn vị|cơ quan|đơn vị (trình|chuẩn bị|báo cáo|thực hiện|chủ trì)|cơ quan (trình|chuẩn bị|báo cáo)",
    "time": r"thời gian|giờ|thời lượng|số phút|thời gian \(phút\)",
}


def columns_of(cells: Sequence[str]) -> dict[str, int]:
    """Return which column holds what, if this is a row of headings."""
    found = {}
    for place, cell in enumerate(cells):
        words = cell.lower().strip(" .:")
        for name, known in COLUMNS.items():
            if name not in found and re.fullmatch(known, words):
                found[name] = place
    return found if "title" in found else {}


def minutes_in(text: str) -> int:
    """Return the minutes a cell of times means."""
    if found := SPAN.match(text.strip()):
        return minutes_between(found.groups())
    found = re.search(r"\d{1,3}", text) if re.fullmatch(r"\s*\d{1,3}\s*(?:phút|['′’])?\s*", text) else None
    return int(found[0]) if found else 0


def said_in_row(cells: Sequence[str], columns: dict[str, int]) -> Said:
    """Read a row of the table by its headings."""

    def cell(name: str) -> str:
        place = columns.get(name, len(cells))
        return cells[place] if place < len(cells) else ""

    said = said_in(cell("title"))
    if number := cell("number"):
        marked = said_in(f"{number}. x" if re.fullmatch(r"[\dIVX.]+[^.)\s]?", number.rstrip(".")) else f"{number} x")
        said.rank = marked.rank if marked.rank >= 0 else said.rank
    said.presenter = cell("presenter") or said.presenter
    said.unit = cell("unit") or said.unit
    said.minutes = minutes_in(cell("time")) or said.minutes
    return said


def guessed_columns(cells: Sequence[str]) -> dict[str, int]:
    """Return the columns of a table without headings: a number first, then the matter, times wherever they stand."""
    first = 1 if len(cells) > 1 and re.fullmatch(r"[\dIVXa-z]{0,4}[.)]?", cells[0]) else 0
    found = {"title": first} | ({"number": 0} if first else {})
    for place in range(first + 1, len(cells)):
        found.setdefault("time" if minutes_in(cells[place]) else "unit", place)
    return found


# --- the whole


def parsed(html: str, text: str = "") -> list[Item]:
    """Return the agenda that was pasted, an outline; HTML where there is any, else the text."""
    lines = lines_of_html(html) if html.strip() else []
    lines = lines or lines_of_text(text)
    return _outlined(_said(lines))


def _said(lines: Iterable[Line]) -> list[tuple[Said, int]]:
    """Read every line; a row of headings says how the rows under it are read."""
    found: list[tuple[Said, int]] = []
    columns: dict[str, int] = {}
    for line in lines:
        if line.cells and len(line.cells) > 1:
            heading = columns_of(line.cells)
            if heading or line.heading:
                columns = heading
                continue
            said = said_in_row(line.cells, columns or guessed_columns(line.cells))
        else:
            said = said_in(line.text)
        if said.title and (found or not _is_caption(line.text)):
            found.append((said, line.level))
        if len(found) == MOST:
            break
    return found


def _is_caption(text: str) -> bool:
    """Is this the heading over the agenda, and no part of it?"""
    captions = "chương trình|dự kiến chương trình|nội dung chương trình|lịch làm việc"
    return bool(re.match(rf"({captions})\b", text, re.IGNORECASE))


def _outlined(lines: Sequence[tuple[Said, int]]) -> list[Item]:
    """Give every line its depth: by the markup where it says one, by its number otherwise."""
    ranks: list[int] = []
    depths: list[int] = []
    for said, level in lines:
        depths.append(level if level >= 0 and said.rank < 0 else _depth(said.rank, ranks, depths))
    sound = settled([min(depth, DEEPEST) for depth in depths])
    return [_item(said, depth) for (said, _), depth in zip(lines, sound, strict=True)]


def _item(said: Said, depth: int) -> Item:
    """Return the item, no longer than what is kept of one."""
    presenter, unit = (matched(words[:LONGEST_WHO]).strip() for words in (said.presenter, said.unit))
    return Item(said.title, depth, presenter, unit, min(said.minutes, DAY_MINUTES))


def _depth(rank: int, ranks: list[int], before: Sequence[int]) -> int:
    """Return how deep a number of this sort stands, given the sorts open above it."""
    if rank < 0:
        return 0 if not ranks else len(ranks) - 1 if ranks[-1] < 0 else 0
    if rank >= 100:
        base = next((place for place, known in enumerate(ranks) if known == 2), 0)
        depth = base + rank - 100
        ranks[depth:] = [rank]
        return depth
    while ranks and ranks[-1] > rank:
        ranks.pop()
    if not ranks or ranks[-1] < rank:
        ranks.append(rank)
    return len(ranks) - 1
