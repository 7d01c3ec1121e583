"""Markdown to HTML: CommonMark and tables, raw HTML shown as text, headings one step down and with an anchor. Pure."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from search.fold import fold

MOST_HEADINGS = 60


@dataclass(frozen=True)
class Page:
    """A rendered guide: its HTML, and its headings as (anchor, words) for the contents."""

    html: str
    headings: tuple[tuple[str, str], ...]


@lru_cache(maxsize=1)
def parser() -> MarkdownIt:
    """Return the parser; its own link check refuses javascript:, vbscript:, file: and data: addresses."""
    return MarkdownIt("commonmark", {"html": False, "typographer": False}).enable("table")


def anchor(words: str) -> str:
    """Return a heading as the part of an address: folded, dashes for all else."""
    return re.sub(r"[^a-z0-9]+", "-", fold(words)).strip("-") or "muc"


def render(text: str) -> Page:
    """Return the guide as HTML whose headings begin at h2."""
    tokens = parser().parse(text)
    headings: list[tuple[str, str]] = []
    counts: Counter[str] = Counter()
    for number, token in enumerate(tokens):
        if token.type == "heading_open":
            name = anchor(tokens[number + 1].content)
            counts[name] += 1
            name = name if counts[name] == 1 else f"{name}--{counts[name]}"
            token.attrSet("id", name)
            headings.append((name, plain(tokens[number + 1])))
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + 1, 6)}"
    return Page(parser().renderer.render(tokens, parser().options, {}), tuple(headings[:MOST_HEADINGS]))


def plain(token: Token) -> str:
    """Return the words of an inline token without its marks."""
    return "".join(child.content for child in token.children or [])
