"""The text of an outgoing document: what typst lays out, and its plain form in the editor. Pure.

Content is a JSON object: `body` (blocks), `addressees` (Kính gửi), `recipients` (Nơi nhận), `authority` (lines above
the signature), `unit` (drafting unit in a công văn's symbol), `urgency`. A block is a string (a paragraph) or
`{"kind": "heading" | "centered" | "basis", "text": …}` or `{"kind": "table", "head": […], "rows": [[…]]}`.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

LISTS = ("addressees", "recipients", "authority")
TEXTS = ("unit", "urgency")
MARKS = {"heading": "# ", "centered": "## "}
BASIS_START = "Căn cứ "
MAX_CHARACTERS = 400_000


class ContentError(ValueError):
    """The content does not have the form above."""


def checked(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return the content in NFC with exactly the known parts, or raise `ContentError`."""
    body = [checked_block(block) for block in _listed(content.get("body", []))]
    known: dict[str, Any] = {"body": [block for block in body if block]}
    known |= {name: [line for line in map(_line, _listed(content.get(name, []))) if line] for name in LISTS}
    known |= {name: _line(content.get(name, "")) for name in TEXTS}
    if len(str(known)) > MAX_CHARACTERS:
        raise ContentError("too long")
    return known


def checked_block(block: Any) -> Any:
    """Return one block in its shortest form."""
    if isinstance(block, str):
        return _line(block)
    if not isinstance(block, Mapping):
        raise ContentError(f"not a block: {block!r}")
    kind = block.get("kind", "paragraph")
    if kind == "table":
        return _checked_table(block)
    text = _line(block.get("text", ""))
    if kind == "paragraph" or not text:
        return text
    if kind not in ("heading", "centered", "basis"):
        raise ContentError(f"unknown kind of block: {kind!r}")
    return {"kind": kind, "text": text}


def plain(blocks: Iterable[Any]) -> str:
    """Return blocks as the editor shows them: one per line, `# ` and `## ` before headings, `|` between cells."""
    shown: list[str] = []
    for block in blocks:
        if shown and shown[-1].startswith("|") and _is_table(block):
            shown.append("")
        shown += _plain_lines(block)
    return "\n".join(shown)


def blocks(text: str) -> list[Any]:
    """Return the blocks of what the editor holds; the inverse of `plain`."""
    found: list[Any] = []
    for line in map(tidy, text.splitlines()):
        if line.startswith("|"):
            _add_row(found, line)
        elif line:
            found.append(_block(line))
        else:
            found.append(None)  # An empty line ends a table.
    return [block for block in found if block is not None]


def tidy(text: str) -> str:
    """Return the text on one line, in NFC, without control characters and what no database stores."""
    kept = (" " if unicodedata.category(char) == "Cc" else char for char in text if not _is_surrogate(char))
    return " ".join(unicodedata.normalize("NFC", "".join(kept)).split())


def lines(text: str) -> list[str]:
    """Return the lines with text, spaces tidied."""
    return [line for line in map(tidy, text.splitlines()) if line]


def words_of(content: Mapping[str, Any]) -> list[str]:
    """Return every line of text the document will show, for checks of what it says."""
    found = [words for block in content.get("body", []) for words in _words(block)]
    return found + [line for name in LISTS for line in content.get(name, [])]


def _line(value: Any) -> str:
    if not isinstance(value, str):
        raise ContentError(f"not text: {value!r}")
    return tidy(value)


def _is_surrogate(char: str) -> bool:
    return "\ud800" <= char <= "\udfff"


def _listed(value: Any) -> Sequence[Any]:
    if isinstance(value, str) or not isinstance(value, Sequence):
        raise ContentError(f"not a list: {value!r}")
    return value


def _checked_table(block: Mapping[str, Any]) -> dict[str, Any]:
    head = [_line(cell) for cell in _listed(block.get("head", []))]
    rows = [[_line(str(cell)) for cell in _listed(row)] for row in _listed(block.get("rows", []))]
    if not head or any(len(row) != len(head) for row in rows):
        raise ContentError("the rows of a table are as long as its head")
    return {"kind": "table", "head": head, "rows": rows}


def _is_table(block: Any) -> bool:
    return isinstance(block, Mapping) and block.get("kind") == "table"


def _words(block: Any) -> list[str]:
    """Return each cell of a table, or the one line of anything else, without the editor's marks."""
    if _is_table(block):
        return [cell for row in (block["head"], *block["rows"]) for cell in row]
    return [block if isinstance(block, str) else block["text"]]


def _plain_lines(block: Any) -> list[str]:
    if isinstance(block, str):
        return [block]
    if _is_table(block):
        return ["| " + " | ".join(row) + " |" for row in (block["head"], *block["rows"])]
    return [MARKS.get(block.get("kind", ""), "") + block["text"]]


def _block(line: str) -> Any:
    for kind, mark in reversed(MARKS.items()):
        if line.startswith(mark):
            return {"kind": kind, "text": line.removeprefix(mark)}
    return {"kind": "basis", "text": line} if line.startswith(BASIS_START) else line


def _add_row(found: list[Any], line: str) -> None:
    """Add a table row to the table just before, or begin one; short rows are filled up."""
    cells = [tidy(cell) for cell in line.strip("|").split("|")]
    if found and _is_table(found[-1]):
        width = len(found[-1]["head"])
        found[-1]["rows"].append((cells + [""] * width)[:width])
    else:
        found.append({"kind": "table", "head": cells, "rows": []})
