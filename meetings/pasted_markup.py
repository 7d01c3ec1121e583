"""What was pasted, as lines and table rows. Pure.

HTML is only ever read for its text, its table cells, its list levels and the level Word writes into `mso-list`.
"""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from unicodedata import normalize

LONGEST = 500_000
SILENT = frozenset({"script", "style", "head", "title", "template", "noscript", "xml", "svg", "math"})
BLOCKS = frozenset({"p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "br", "ul", "ol", "table", "section"})


@dataclass
class Line:
    """One line of what was pasted: its text, and how deep the markup says it stands (-1: it does not say)."""

    text: str
    level: int = -1
    cells: list[str] = field(default_factory=list)
    heading: bool = False


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
