"""What a person typed, read into words and quoted phrases. Pure."""

import re
from dataclasses import dataclass

from search.fold import composed, fold, lowered, words

_PART = re.compile(r'"([^"]*)"|(\S+)')
_NUMBER = re.compile(r"(?<![^\s])(số|so)[\s:.]+(?=\d)", re.IGNORECASE)
_CURLED = str.maketrans("“”„«»", '"""""')
MAX_TERMS = 12


@dataclass(frozen=True)
class Term:
    """Words that must stand next to each other: one word, or a quoted phrase, or a symbol such as 12/QĐ-UBND."""

    folded: tuple[str, ...]
    exact: tuple[str, ...]


def parse(text: str) -> list[Term]:
    """Return the terms of a query, all of which must be found; empty when nothing can be searched for."""
    plain_text = _NUMBER.sub(r"\1/", composed(text).translate(_CURLED))
    parts = [quoted or plain for quoted, plain in _PART.findall(plain_text)]
    terms = [Term(tuple(words(fold(part))), tuple(words(lowered(part)))) for part in parts]
    return [term for term in terms if term.folded][:MAX_TERMS]


def said(terms: list[Term]) -> str:
    """Return the terms as somebody would type them, phrases and symbols in quotation marks."""
    return " ".join(f'"{" ".join(term.exact)}"' if len(term.exact) > 1 else term.exact[0] for term in terms)


def has_tones(terms: list[Term]) -> bool:
    """Did the person type marks, so that exact tones can rank first?"""
    return any(term.folded != term.exact for term in terms)
