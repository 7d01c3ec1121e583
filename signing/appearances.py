"""What signatures and filled fields look like: typeset pages of exactly the field's size (NĐ 30/2020, Appendix I)."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from documents.typeset.typeset import Box, render
from signing.pades import Filled
from signing.prepare import DATE, NUMBER, TextField

NUMBER_SIZE, DATE_SIZE = 13, 13.5


def box(raw: Mapping[str, Any]) -> Box:
    """Read one place as it is kept with the document."""
    return Box(int(raw["page"]), *(float(raw[side]) for side in ("x0", "y0", "x1", "y1")))


def day_words(day: date) -> str:
    """Write a date as documents do: days below 10 and the months 1 and 2 with a zero (Appendix I)."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def open_texts(boxes: Mapping[str, Box], *, at: datetime) -> dict[str, TextField]:
    """Return number and date as they stand while the leader signs: open."""
    words = "ngày        tháng        năm          "
    date_looks = _stamp("field", boxes[DATE], at, text=words, italic=True, size=DATE_SIZE)
    return {NUMBER: TextField(boxes[NUMBER]), DATE: TextField(boxes[DATE], "", date_looks)}


def filled_texts(boxes: Mapping[str, Box], *, number: str, day: date, at: datetime) -> dict[str, Filled]:
    """Return number and date as the clerk's step writes them."""
    words = day_words(day)
    return {
        NUMBER: Filled(number, _stamp("field", boxes[NUMBER], at, text=number, align="right", size=NUMBER_SIZE)),
        DATE: Filled(words, _stamp("field", boxes[DATE], at, text=words, italic=True, size=DATE_SIZE)),
    }


def signature(place: Box, *, at: datetime) -> bytes:
    """Return the stand-in for the image of a handwritten signature: blue, between position and name."""
    return _stamp("signature", place, at, label="MẪU")


def seal(place: Box, *, agency: str, at: datetime) -> bytes:
    """Return the stand-in for the agency's seal: red, at real size."""
    return _stamp("seal", place, at, agency=agency, label="MẪU")


def copy_text(place: Box, lines: list[str], *, at: datetime) -> bytes:
    """Return the text-only form for attachments and electronic copies: 10 points, upright, black."""
    return _stamp("text", place, at, lines=lines)


def _stamp(kind: str, place: Box, at: datetime, **words: Any) -> bytes:
    return render("stamp", {"kind": kind, "width": place.width, "height": place.height, **words}, at=at).pdf
