"""Turn data into a PDF/A-2b paper with embedded fonts and the places of its fields."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import typst

from documents.typeset.fonts import font_book, typeface

TEMPLATES = Path(__file__).resolve().parent / "templates"
NAMES = frozenset(
    {"outgoing", "minutes", "demo_paper", "stamp", "roll", "paper_copy", "separators", "notes", "opinions", "book"}
)
A4_HEIGHT = 841.8898


class TypesetError(ValueError):
    """The data does not fit the template."""


@dataclass(frozen=True, slots=True)
class Box:
    """A field's place: page from 1, corners in PDF points from the bottom left."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.y1 - self.y0


@dataclass(frozen=True, slots=True)
class Rendered:
    """A paper and the places it reported."""

    pdf: bytes
    boxes: dict[str, Box]


def render(template: str, data: Mapping[str, Any], *, at: datetime) -> Rendered:
    """Typeset `template` with `data` (set as text, never as markup), dated `at`."""
    if template not in NAMES:
        raise TypesetError(f"unknown template: {template}")
    face = typeface()
    compiler = typst.Compiler(
        TEMPLATES / f"{template}.typ",
        root=TEMPLATES,
        font_paths=font_book(face),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False), "font": face.family},
    )
    try:
        pdf = compiler.compile(
            format="pdf", pdf_standards=["a-2b"], timestamp=at.replace(microsecond=0), pdf_tags=template != "stamp"
        )
        slots = json.loads(compiler.query("<slot>", field="value"))
    except typst.TypstError as error:
        raise TypesetError(str(error)) from error
    if not isinstance(pdf, bytes):
        raise TypesetError(f"template {template} gave no single file")
    return Rendered(pdf, {slot["name"]: _box(slot) for slot in slots})


def _box(slot: Mapping[str, Any]) -> Box:
    top = A4_HEIGHT - slot["y"]
    return Box(slot["page"], slot["x"], top - slot["height"], slot["x"] + slot["width"], top)
