"""Notes as JSON text: a shape is a long row of numbers, written down once and put in wherever it goes. Pure."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from annotations.merging import difference
from ledger.written import Written
from live.frames import compact

# No text of a note may hold U+0000 (operations.is_clean): where it stands as a value the shape belongs.
PLACE, WHERE = {"shape": "\0"}, '"\\u0000"'
ROUGH = re.compile(r"\.\d{3}|\.0[,\]]|\de")


def is_short(shape_text: str) -> bool:
    """Are the numbers of a written shape as they are kept: at most two decimals, whole ones without any?"""
    return ROUGH.search(shape_text) is None


def with_shape(value: Mapping[str, Any], shape_text: str, encode: Callable[[Any], str] = compact) -> str:
    """Return an object that holds a shape as JSON, with what was written of the shape before."""
    return encode({**value, **PLACE}).replace(WHERE, shape_text, 1)


def patch_text(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None, shape_text: str) -> str:
    """Return the JSON Merge Patch that leads from one state of a note to another; empty when nothing changes."""
    if before is None and after is not None and shape_text:
        return with_shape(after, shape_text)
    patch = difference({"note": before} if before else {}, {"note": after} if after else {})
    return compact(patch["note"]) if patch else ""


def notes_text(patches: Mapping[str, str]) -> Written:
    """Return the patch of a stream's snapshot from those of its notes."""
    inside = ",".join(f'"{key}":{text}' for key, text in patches.items())
    return Written(f'{{"notes":{{{inside}}}}}')
