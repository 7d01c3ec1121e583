"""Typeset papers: PDF/A with embedded fonts, every Vietnamese letter, places of fields, and data that stays data."""

import unicodedata
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.typeset import fonts
from documents.typeset.typeset import NAMES, TypesetError, render

AT = datetime(2026, 11, 21, 1, 0, 0, 123456, tzinfo=UTC)
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
LETTERS = [unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in TONES] + ["đ"]
OUTGOING: dict[str, Any] = {
    "title": "Thông báo",
    "agency": "Văn phòng",
    "symbol": "TB-VP",
    "type_name": "Thông báo",
    "subject": "Kết luận phiên họp",
    "place": "Thanh Hóa",
    "body": ["Một đoạn văn."],
    "recipients": ["Lưu: VT."],
    "authority": ["KT. Chủ tịch", "Phó Chủ tịch"],
    "signer": "Nguyễn Thị Ánh Tuyết",
}


PAPER = {"number": "1", "item": "Nội dung", "title": "Tờ trình", "pages": 2}


def text_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(BytesIO(pdf)) as document:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    return unicodedata.normalize("NFC", " ".join(" ".join(pages).split()))


@pytest.mark.parametrize("template", sorted(NAMES - {"stamp"}))
def test_every_paper_is_pdf_a_with_embedded_fonts(template: str) -> None:
    of_its_own = {"nothing": "Không có gì để in.", "papers": [PAPER]}
    made = render(template, {**OUTGOING, **of_its_own, "subject": "Thử"}, at=AT)
    with pikepdf.open(BytesIO(made.pdf)) as document:
        metadata = document.Root.Metadata.read_bytes().decode()
        assert "<pdfaid:part>2</pdfaid:part>" in metadata
        assert "<pdfaid:conformance>B</pdfaid:conformance>" in metadata
        assert document.Root.Lang == "vi"
        fonts_used = [thing for thing in document.objects if is_font(thing)]
        assert fonts_used
        for font in fonts_used:
            descriptor = font.FontDescriptor
            assert any(name in descriptor for name in ("/FontFile2", "/FontFile3"))


def is_font(thing: pikepdf.Object) -> bool:
    return isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/Font" and thing.get("/Subtype") != "/Type0"


@pytest.mark.parametrize("face", [face for face in fonts.CANDIDATES if fonts._has_files(face)], ids=lambda f: f.family)
def test_every_face_has_every_vietnamese_letter(face: fonts.Typeface, monkeypatch) -> None:
    from documents.typeset import typeset

    monkeypatch.setattr(typeset, "typeface", lambda: face)
    words = [*LETTERS, *(letter.upper() for letter in LETTERS)]
    body = [" ".join(words), {"kind": "heading", "text": " ".join(words)}, {"kind": "basis", "text": " ".join(words)}]
    found = text_of(render("outgoing", {**OUTGOING, "body": body}, at=AT).pdf)
    for letter in words:
        assert found.count(letter) >= 3, letter


def test_the_same_data_gives_the_same_bytes() -> None:
    assert render("outgoing", OUTGOING, at=AT).pdf == render("outgoing", OUTGOING, at=AT).pdf


def test_an_outgoing_paper_reports_its_four_places() -> None:
    boxes = render("outgoing", OUTGOING, at=AT).boxes
    assert set(boxes) == {"leader", "agency", "number", "date"}
    leader, agency = boxes["leader"], boxes["agency"]
    assert agency.x0 < leader.x0 < agency.x1 < leader.x1, "the seal stands to the left"
    overlap = (agency.x1 - leader.x0) / leader.width
    assert overlap == pytest.approx(1 / 3, abs=0.01), "over about one third of the signature (NĐ 30/2020, box 8)"
    assert agency.width == pytest.approx(36 / 25.4 * 72, abs=0.1), "a seal of 36 mm at real size"
    for box in boxes.values():
        assert 0 <= box.x0 < box.x1 <= 596
        assert 0 <= box.y0 < box.y1 <= 842


@pytest.mark.parametrize("paragraphs", [1, 9, 10, 11, 12, 40])
def test_the_signature_is_never_alone_on_a_page(paragraphs: int) -> None:
    made = render("outgoing", {**OUTGOING, "body": ["Nội dung của một đoạn văn dài. " * 12] * paragraphs}, at=AT)
    with pypdfium2.PdfDocument(BytesIO(made.pdf)) as document:
        assert made.boxes["leader"].page == made.boxes["agency"].page == len(document)
        assert "Nội dung" in document[len(document) - 1].get_textpage().get_text_bounded()


def test_number_and_date_may_be_printed_before_the_leader_signs() -> None:
    made = render("outgoing", {**OUTGOING, "number": "05", "date": "ngày 21 tháng 11 năm 2026"}, at=AT)
    assert set(made.boxes) == {"leader", "agency"}
    assert "05/TB-VP" in text_of(made.pdf)
    assert "ngày 21 tháng 11 năm 2026" in text_of(made.pdf)


@settings(max_examples=25, deadline=None)
@given(words=st.text(alphabet=st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=40))
def test_data_is_never_markup(words: str) -> None:
    made = render("outgoing", {**OUTGOING, "body": [words]}, at=AT)
    assert "".join(words.split()) in "".join(text_of(made.pdf).split()).replace("\u2010", "-").replace("\x02", "-")


@pytest.mark.parametrize("words", ["#panic()", "$x$", "*đậm*", '#read("/etc/passwd")', "= Đề mục", "\\u{41}", "@nhãn"])
def test_commands_are_only_words(words: str) -> None:
    assert words in text_of(render("outgoing", {**OUTGOING, "body": [f"Nói {words} thôi."]}, at=AT).pdf)


@pytest.mark.parametrize("data", [{"body": [{"kind": "table", "head": ["a"]}]}, {"body": 5}, {"subject": ["x"]}])
def test_data_that_does_not_fit_is_said_so(data: dict[str, Any]) -> None:
    with pytest.raises(TypesetError):
        render("outgoing", {**OUTGOING, **data}, at=AT)


def test_there_are_no_other_templates() -> None:
    with pytest.raises(TypesetError):
        render("../../config/settings", {}, at=AT)


def test_minutes_show_times_votes_and_conclusions() -> None:
    head = ["Nội dung", "Có mặt", "Tán thành", "Không tán thành", "Kết quả"]
    votes = {"kind": "table", "head": head, "rows": [["Tờ trình 118", "4", "3", "0", "Thông qua"]]}
    course = {"kind": "item", "text": "08:05 Chủ tọa khai mạc."}
    data = {
        "subject": "Phiên họp tháng 11",
        "sections": [
            {"heading": "II. DIỄN BIẾN", "blocks": [course, votes]},
            {"heading": "IV. KẾT LUẬN", "blocks": [{"kind": "item", "text": "1. Giao Sở Nội vụ."}]},
        ],
        "chair_name": "Nguyễn Văn Bình",
        "secretary_name": "Lê Thị Mỹ Hạnh",
    }
    made = render("minutes", data, at=AT)
    assert set(made.boxes) == {"chair", "secretary"}
    for words in ("08:05", "Tờ trình 118", "Thông qua", "1. Giao Sở Nội vụ.", "IV. KẾT LUẬN", "Nguyễn Văn Bình"):
        assert words in text_of(made.pdf)
