"""An agenda pasted from Word: HTML or plain text becomes an outline of items with presenter, unit and minutes. Pure.

HTML is only ever read for its text, its table cells, its list levels and the level Word writes into `mso-list`.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from unicodedata import normalize

from meetings.outline import DEEPEST, settled

LONGEST = 500_000
LONGEST_LINE = 1_500
MOST = 300
LONGEST_TITLE, LONGEST_WHO = 500, 200
DAY_MINUTES = 24 * 60
SILENT = frozenset({"script", "style", "head", "title", "template", "noscript", "xml", "svg", "math"})
BLOCKS = frozenset({"p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "br", "ul", "ol", "table", "section"})


@dataclass(frozen=True)
class Item:
    """One line of the agenda as it was understood."""

    title: str
    depth: int = 0
    presenter: str = ""
    unit: str = ""
    minutes: int = 0


@dataclass
class Line:
    """One line of what was pasted: its text, and how deep the markup says it stands (-1: it does not say)."""

    text: str
    level: int = -1
    cells: list[str] = field(default_factory=list)
    heading: bool = False


# --- reading the markup


class Reader(HTMLParser):
    """Collects lines and table rows; everything that is not text is left where it was."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[Line] = []
        self._text: list[str] = []
        self._silent: list[str] = []
        self._lists = 0
        self._level = -1
        self._row: list[str] | None = None
        self._headings = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a block, a list level, a cell."""
        if tag in SILENT:
            self._silent.append(tag)
            return
        if tag in {"td", "th"} and self._row is not None:
            self._row.append("")
            self._headings += tag == "th"
            self._text = []
        elif tag == "tr":
            self._break()
            self._row, self._headings = [], 0
        elif tag in BLOCKS:
            self._break()
            self._lists += tag in {"ul", "ol"}
            self._level = self._level_of(tag, dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        """Close a block, a cell, a row."""
        if tag in self._silent:
            del self._silent[len(self._silent) - 1 - self._silent[::-1].index(tag) :]
        elif tag in {"td", "th"} and self._row:
            self._row[-1] = self._taken()
        elif tag == "tr" and self._row is not None:
            self._row_ended()
        elif tag in BLOCKS:
            self._break()
            self._lists -= tag in {"ul", "ol"} and self._lists > 0
            self._level = -1

    def handle_data(self, data: str) -> None:
        """Keep text that people see."""
        if not self._silent:
            self._text.append(data)

    def close(self) -> None:
        """Take what stands after the last tag."""
        super().close()
        if self._row is not None:
            self._row_ended()
        self._break()

    def _level_of(self, tag: str, attrs: dict[str, str | None]) -> int:
        found = re.search(r"mso-list:\s*l\d+\s+level(\d)", attrs.get("style") or "")
        if found:
            return int(found[1]) - 1
        if tag == "li":
            return max(self._lists - 1, 0)
        return int(tag[1]) - 1 if re.fullmatch(r"h[1-6]", tag) else -1

    def _taken(self) -> str:
        text, self._text = clean("".join(self._text)), []
        return text

    def _break(self) -> None:
        if self._row is not None and self._row:
            self._text.append(" ")  # a paragraph inside a cell
            return
        text = self._taken()
        if text:
            self.lines.append(Line(text, self._level))

    def _row_ended(self) -> None:
        row, self._row = self._row or [], None
        if any(row):
            if self._text and (rest := self._taken()):
                row[-1] = f"{row[-1]} {rest}".strip()
            self.lines.append(Line(" ".join(filter(None, row)), cells=row, heading=self._headings == len(row)))
        self._text = []


def clean(text: str) -> str:
    """Return text in one spelling, on one line, without control signs."""
    shown = "".join(" " if sign.isspace() or not sign.isprintable() else sign for sign in text)
    return re.sub(r" +", " ", normalize("NFC", shown)).strip()


def lines_of_html(html: str) -> list[Line]:
    """Return the lines of pasted HTML; comments and conditional parts of Word fall away."""
    html = re.sub(r"<!--.*?(-->|$)", "", html[:LONGEST], flags=re.DOTALL)
    html = re.sub(r"<![^>]*(>|$)", "", html)
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader.lines


def lines_of_text(text: str) -> list[Line]:
    """Return the lines of pasted plain text: tabs part cells, indentation is left to the numbering."""
    found = []
    for raw in text[:LONGEST].splitlines():
        cells = [clean(cell) for cell in raw.strip("\t ").split("\t")]
        if line := clean(raw):
            found.append(Line(line, cells=cells if len(cells) > 2 else []))
    return found


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
LENGTH = re.compile(r"\(?\s*(?:thời gian|thời lượng)?\s*:?\s*\b(\d{1,3})\s*(?:phút|['′’])\s*\)?", re.IGNORECASE)
WHO = "người trình bày|người trình|người báo cáo|báo cáo viên|trình bày|phụ trách"
WHICH = "đơn vị (?:trình|chuẩn bị|báo cáo|chủ trì|thực hiện)|cơ quan (?:trình|chuẩn bị|báo cáo|soạn thảo)"
NAMED = r"\s*:\s*([^();]+)\)?\s*$"
PRESENTER = re.compile(rf"\b(?:{WHO}){NAMED}", re.IGNORECASE)
UNIT = re.compile(rf"\b(?:{WHICH}){NAMED}", re.IGNORECASE)
BODIES = "Sở|Ban|Phòng|Văn phòng|Ủy ban|UBND|HĐND|Thanh tra|Công an|Chi cục|Trung tâm|Đảng ủy|Bộ Chỉ huy"
BRACKET = re.compile(rf"\s*\(((?:{BODIES})\b[^()]*)\)\s*[.;]?$")


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
    if found := LENGTH.search(said.title):
        said.minutes = said.minutes or int(found[1])
        said.title = f"{said.title[: found.start()]} {said.title[found.end() :]}"
    for pattern, name in ((PRESENTER, "presenter"), (UNIT, "unit"), (PRESENTER, "presenter"), (BRACKET, "unit")):
        found = pattern.search(said.title)
        if found and found.start() > 0:
            setattr(said, name, getattr(said, name) or tidy(found[1]))
            said.title = said.title[: found.start()]
    said.title = tidy(said.title)
    return said


def tidy(text: str) -> str:
    """Return a text without what only joined it to the rest of its line."""
    return clean(text).strip(" ;,:–-").removesuffix("(").strip(" ;,:–-")


def _take_time(said: Said) -> None:
    if found := SPAN.match(said.title):
        said.minutes = said.minutes or minutes_between(found.groups())
        said.title = said.title[found.end() :]
    elif found := ONE_HOUR.match(said.title):
        said.title = said.title[found.end() :]


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
    minutes = min(said.minutes, DAY_MINUTES)
    return Item(
        said.title[:LONGEST_TITLE].strip(), depth, said.presenter[:LONGEST_WHO], said.unit[:LONGEST_WHO], minutes
    )


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
