"""What leaves the house says what was noted: read back from PDF, JSON-LD and XFDF, and seen on the drawn page."""

import time
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.exports.jsonld import Source, as_jsonld
from annotations.exports.marks import marks_from_wire
from annotations.exports.pdf_copy import CopyFailed, Label, spaces_in, with_notes
from annotations.exports.xfdf import as_xfdf
from tests.annotations.reading_back import close, from_jsonld, from_pdf, from_xfdf
from tests.annotations.wire import KEYS, note, notes

LABEL = Label("Tờ trình (bản sao có ghi chú)", "Bản sao có ghi chú của Nguyễn Thị Hạnh")
KEY = "5a0d9a52-6a3c-4c1e-9a53-2a6a9d5b3f10"
AT = datetime(2026, 11, 22, 7, tzinfo=UTC)


def blank(pages: int = 2, media: Any = (0, 0, 595, 842), crop: Any = None, rotate: int = 0) -> bytes:
    """Return a PDF of white pages."""
    with pikepdf.new() as made:
        for _ in range(pages):
            made.add_blank_page(page_size=(media[2] - media[0], media[3] - media[1]))
            page = made.pages[-1].obj
            page.MediaBox = pikepdf.Array(list(media))
            if crop:
                page.CropBox = pikepdf.Array(list(crop))
            if rotate:
                page.Rotate = rotate
        target = BytesIO()
        made.save(target)
    return target.getvalue()


PLAIN, CROPPED = blank(), blank(media=(0, 0, 800, 1000), crop=(100, 50, 695, 892))


def wanted(data: dict[str, Any]) -> dict[str, Any]:
    """Return what must come back of a note, without the pressure of a pen."""
    shape, kind = data["shape"], data["kind"]
    if kind == "ink":
        flat = shape["points"]
        place: Any = [[x, y] for x, y in zip(flat[0::3], flat[1::3], strict=True)]
    elif kind == "arrow":
        place = [shape["line"][:2], shape["line"][2:]]
    else:
        place = shape.get("rects") or shape.get("rect") or shape["at"]
    return {
        "page": data["page"],
        "kind": kind,
        "shape": place,
        "colour": data["style"]["colour"],
        "opacity": data["style"]["opacity"],
        "body": data["body"],
        "name": data["name"],
        "at": datetime.fromisoformat(data["at"]),
        "changed_at": datetime.fromisoformat(data["changed_at"]),
        "replies": {key: {"name": one["name"], "body": one["body"]} for key, one in data["replies"].items()},
    }


def same(found: dict[str, Any], sent: dict[str, Any]) -> None:
    """Check that each note came back as it was."""
    assert found.keys() == sent.keys()
    for key, data in sent.items():
        assert close(found[key], wanted(data)), (found[key], wanted(data))


WIRE = st.dictionaries(KEYS, notes(), max_size=4)


@settings(max_examples=25, deadline=None)
@given(WIRE, st.sampled_from([PLAIN, CROPPED]))
def test_a_pdf_comes_back_as_it_was_noted_and_begins_with_its_source(sent, pdf):
    copy = with_notes(pdf, marks_from_wire(sent), LABEL)
    assert copy.startswith(pdf)
    same(from_pdf(copy), sent)


@settings(max_examples=60, deadline=None)
@given(WIRE, st.sampled_from([PLAIN, CROPPED]))
def test_an_xfdf_comes_back_as_it_was_noted(sent, pdf):
    spaces = spaces_in(pdf, [1, 2])
    made = as_xfdf(marks_from_wire(sent), spaces, href='Tờ trình "1" & <2>.pdf')
    assert b"<!DOCTYPE" not in made
    same(from_xfdf(made, spaces[1].left, spaces[1].top), sent)


@settings(max_examples=60, deadline=None)
@given(WIRE)
def test_a_jsonld_comes_back_as_it_was_noted_with_pressure_and_quoted_words(sent):
    source = Source("https://hop.vn/documents/1/file", "Tờ trình", spaces_in(PLAIN, [1, 2]))
    made = as_jsonld(marks_from_wire(sent), source, at=AT)
    found = from_jsonld(made)
    for key, data in sent.items():
        expected = wanted(data) | ({"quote": data["quote"]} if "quote" in data else {})
        if data["kind"] == "ink":
            expected["shape"] = [
                list(data["shape"]["points"][at : at + 3]) for at in range(0, len(data["shape"]["points"]), 3)
            ]
        assert close(found[key], expected), (found[key], expected)
    assert found.keys() == sent.keys()
    assert made["@context"] == "http://www.w3.org/ns/anno.jsonld"


def ink_at(pdf: bytes, page: int = 0, size: tuple[int, int] | None = None) -> Any:
    """Return the page as it is drawn, a pixel a point."""
    with pypdfium2.PdfDocument(BytesIO(pdf)) as document:
        drawn = document[page].render(scale=1, may_draw_forms=False).to_pil().convert("RGB")
    assert size is None or drawn.size == size
    return drawn


def is_marked(drawn: Any, x: float, y: float) -> bool:
    """Is there colour at this point, or just beside it?"""
    around = [(round(x) + dx, round(y) + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)]
    inside = [spot for spot in around if 0 <= spot[0] < drawn.size[0] and 0 <= spot[1] < drawn.size[1]]
    return any(max(drawn.getpixel(spot)) - min(drawn.getpixel(spot)) > 40 for spot in inside)


PLACES = {
    "ink": (
        {"points": [100, 200, 0.5, 150, 220, 0.9, 210, 200, 0.2]},
        [(100, 200), (125, 210), (150, 220)],
        (300, 300),
    ),
    "highlight": ({"rects": [[100, 300, 120, 14], [100, 318, 60, 14]]}, [(160, 307), (120, 325)], (200, 325)),
    "underline": ({"rects": [[100, 300, 120, 14]]}, [(160, 313)], (160, 303)),
    "strike": ({"rects": [[100, 300, 120, 14]]}, [(160, 307)], (160, 301)),
    "text": ({"at": [400, 500]}, [(403, 503), (417, 517)], (430, 510)),
    "arrow": ({"line": [100, 600, 200, 650]}, [(100, 600), (150, 625), (200, 650)], (150, 640)),
    "box": ({"rect": [300, 100, 80, 40]}, [(300, 120), (380, 120), (340, 100), (340, 140)], (340, 120)),
    "ellipse": ({"rect": [300, 200, 80, 40]}, [(300, 220), (380, 220), (340, 200), (340, 240)], (302, 202)),
}


@pytest.mark.parametrize("kind", PLACES)
@pytest.mark.parametrize("pdf", [PLAIN, CROPPED], ids=["plain", "cropped"])
def test_marks_are_drawn_where_they_were_made_and_nowhere_else(kind, pdf):
    shape, marked, clear = PLACES[kind]
    drawn = ink_at(with_notes(pdf, marks_from_wire({KEY: note(kind, shape)}), LABEL), size=(595, 842))
    assert all(is_marked(drawn, *point) for point in marked)
    assert not is_marked(drawn, *clear)
    assert not is_marked(ink_at(pdf), *marked[0])


@pytest.mark.parametrize(
    ("rotate", "place"), [(90, (842 - 120, 300)), (180, (595 - 300, 842 - 120)), (270, (120, 595 - 300))]
)
def test_a_page_that_is_shown_turned_keeps_its_marks_with_what_they_mark(rotate, place):
    pdf = blank(rotate=rotate)
    drawn = ink_at(with_notes(pdf, marks_from_wire({KEY: note("box", PLACES["box"][0])}), LABEL))
    assert drawn.size == ((842, 595) if rotate % 180 else (595, 842))
    assert is_marked(drawn, *place)


def test_a_pen_pressed_hard_draws_a_broader_line():
    def breadth(pressure: float) -> int:
        points = [100, 200, pressure, 300, 200, pressure]
        sent = {KEY: note("ink", {"points": points}, style={"width": 12.0})}
        drawn = ink_at(with_notes(PLAIN, marks_from_wire(sent), LABEL))
        return sum(is_marked(drawn, 200, y) for y in range(180, 221))

    assert breadth(1.0) > breadth(0.5) > breadth(0.0) > 2


def test_a_stroke_that_crosses_itself_is_no_darker_there():
    sent = {KEY: note("ink", {"points": [100, 200, 1, 200, 200, 1, 150, 150, 1, 150, 260, 1]}, style={"opacity": 0.5})}
    drawn = ink_at(with_notes(PLAIN, marks_from_wire(sent), LABEL))
    assert drawn.getpixel((150, 200)) == drawn.getpixel((120, 200))


def test_the_copy_says_that_it_is_one():
    copy = with_notes(PLAIN, marks_from_wire({KEY: note("text", {"at": [1, 1]}, body="Đề nghị rà soát")}), LABEL)
    with pikepdf.open(BytesIO(copy)) as made:
        assert str(made.docinfo["/Title"]) == LABEL.title
        assert str(made.docinfo["/Subject"]) == LABEL.subject


def test_what_was_noted_on_the_pdf_before_stays():
    once = with_notes(PLAIN, marks_from_wire({KEY: note("text", {"at": [1, 1]})}), LABEL)
    other = KEY.replace("5a", "6b")
    twice = with_notes(once, marks_from_wire({other: note("box", {"rect": [1, 1, 9, 9]})}), LABEL)
    assert set(from_pdf(twice)) == {KEY, other}


def test_erased_ones_and_pages_that_are_not_there_are_left_out():
    gone = note("text", {"at": [1, 1]}) | {"erased": True}
    beyond = note("text", {"at": [1, 1]}, page=9)
    sent = {KEY: gone, KEY.replace("5a", "6b"): beyond}
    assert from_pdf(with_notes(PLAIN, marks_from_wire(sent), LABEL)) == {}
    source = Source("https://hop.vn/1", "", spaces_in(PLAIN, [9]))
    assert as_jsonld(marks_from_wire(sent), source, at=AT)["items"] == []


def test_a_file_that_is_no_pdf_is_said_to_be_none():
    with pytest.raises(CopyFailed):
        with_notes(b"no pdf", marks_from_wire({KEY: note("text", {"at": [1, 1]})}), LABEL)


def test_hundreds_of_pages_with_thousands_of_notes_take_seconds():
    pdf = blank(pages=300)
    points = [float(n % 500) for n in range(300)]
    sent = {
        f"{number:08d}-6a3c-4c1e-9a53-2a6a9d5b3f10": note("ink", {"points": points}, page=number % 300 + 1)
        for number in range(1000)
    }
    started = time.perf_counter()
    copy = with_notes(pdf, marks_from_wire(sent), LABEL)
    assert time.perf_counter() - started < 10
    assert len(from_pdf(copy)) == 1000
