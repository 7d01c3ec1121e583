"""Secrecy marks are found where they mark, and only there."""

import textwrap
import unicodedata
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.ingest.secrecy import SecrecyMark, find_mark, find_mark_in_name, may_hold_mark

Form = Literal["NFC", "NFD"]
MARKS = list(SecrecyMark)
FORMS: list[Form] = ["NFC", "NFD"]
PROSE = [
    "bí mật", "bí mật nhà nước", "mật khẩu", "giữ mật khẩu", "mật mã", "bảo mật", "thân mật", "mật ong", "mật độ",
    "trăng mật", "túi mật", "mật thiết", "Cơ mật", "Bảo mật", "bảo vệ bí mật", "Mật khẩu", "tuyệt mật", "độ tối mật",
    "công tác", "văn thư", "lưu trữ", "của", "Ủy ban nhân dân", "và", "theo quy định", "tại", "Điều 5", "số 12/UBND-VX",
]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        ("MẬT", SecrecyMark.SECRET),
        ("  TỐI MẬT  ", SecrecyMark.HIGH_SECRET),
        ("TUYỆT MẬT", SecrecyMark.TOP_SECRET),
        ("M Ậ T", SecrecyMark.SECRET),
        ("T U Y Ệ T   M Ậ T", SecrecyMark.TOP_SECRET),
        ("T\u00a0Ố\u00a0I\u2003M\u200bẬT", SecrecyMark.HIGH_SECRET),
        ("[ MẬT ]", SecrecyMark.SECRET),
        ("*** TỐI  MẬT ***", SecrecyMark.HIGH_SECRET),
        ("MẬT – HỎA TỐC", SecrecyMark.SECRET),
        ("HOẢ TỐC / TUYỆT MẬT", SecrecyMark.TOP_SECRET),
        ("Độ mật: Mật", SecrecyMark.SECRET),
        ("Mức độ mật: TUYỆT MẬT.", SecrecyMark.TOP_SECRET),
        ("mËt", SecrecyMark.SECRET),
        ("TUYEÄT MAÄT", SecrecyMark.TOP_SECRET),
    ],
)
def test_stamps_are_found(line: str, mark: SecrecyMark) -> None:
    for form in FORMS:
        text = unicodedata.normalize(form, line)
        assert find_mark(["UBND TỈNH QUẢNG NINH", text, "Quảng Ninh, ngày 21 tháng 11 năm 2026"]) is mark
        assert may_hold_mark(text)


def test_a_stamp_of_upright_letters_is_found() -> None:
    assert find_mark(["CÔNG AN TỈNH", "M", "Ậ", "T", "Kính gửi:"]) is SecrecyMark.SECRET
    assert find_mark(["T", "Ố", "I", "M", "Ậ", "T"]) is SecrecyMark.HIGH_SECRET


@pytest.mark.parametrize(
    "above",
    [
        "ỦY BAN NHÂN DÂN THÀNH PHỐ HÀ NỘI",
        "HUYỆN ĐỨC CƠ",
        "-----------",
        "Độc lập - Tự do - Hạnh phúc",
        "Số:     /UBND-",
        "",
    ],
)
def test_no_heading_hides_a_stamp_below_it(above: str) -> None:
    assert find_mark([above, "MẬT"]) is SecrecyMark.SECRET


@pytest.mark.parametrize(
    "lines",
    [
        ["giữ mật khẩu"],
        ["Mật"],
        ["mật"],
        ["Bí", "mật", "nhà nước"],
        ["QUY CHẾ BẢO VỆ BÍ", "MẬT", "NHÀ NƯỚC"],
        ["QUY CHẾ BẢO VỆ BÍ MẬT NHÀ NƯỚC"],
        ["DANH MỤC BÍ MẬT NHÀ NƯỚC ĐỘ", "TUYỆT MẬT"],
        ["TÀI LIỆU TỐI MẬT, MẬT,", "TUYỆT MẬT"],
        ["Độ mật: Không"],
        ["Độ mật:"],
        ["MẬT KHẨU"],
        ["LƯU HÀNH NỘI BỘ"],
        ["Hỏa tốc"],
        ["Tối mật thư đến"],
    ],
)
def test_ordinary_words_are_no_marks(lines: list[str]) -> None:
    assert find_mark(lines) is None


@given(st.lists(st.sampled_from(PROSE), min_size=1, max_size=30), st.integers(8, 60), st.sampled_from(FORMS))
def test_prose_never_triggers_wherever_it_breaks(words: list[str], width: int, form: Form) -> None:
    text = unicodedata.normalize(form, " ".join(words))
    assert find_mark(textwrap.wrap(text, width)) is None


@given(st.sampled_from(["BÍ MẬT NHÀ NƯỚC", "BẢO MẬT THÔNG TIN", "GIẢI MẬT TÀI LIỆU"]), st.integers(6, 60))
def test_headings_in_capitals_never_trigger_wherever_they_break(tail: str, width: int) -> None:
    assert find_mark(textwrap.wrap(f"QUY CHẾ VỀ CÔNG TÁC {tail} CỦA ỦY BAN NHÂN DÂN TỈNH", width)) is None


@given(
    st.sampled_from(MARKS),
    st.lists(st.sampled_from([" ", "  ", "\u00a0", "\u2009"]), min_size=10, max_size=10),
    st.sampled_from(FORMS),
    st.sampled_from(["", "(", "- ", "* ", "“"]),
)
def test_every_way_to_space_a_stamp_is_found(mark: SecrecyMark, gaps: list[str], form: Form, edge: str) -> None:
    letters = mark.value.replace(" ", "")
    spaced = "".join(letter + gap for letter, gap in zip(letters, gaps, strict=False))
    assert find_mark([unicodedata.normalize(form, edge + spaced)]) is mark


@given(st.lists(st.text(max_size=60), max_size=12))
def test_any_text_has_an_answer(lines: list[str]) -> None:
    find_mark(lines)
    for line in lines:
        find_mark_in_name(line)
        may_hold_mark(line)


@given(st.lists(st.text(max_size=30), max_size=6), st.sampled_from(MARKS))
def test_the_quick_look_never_misses(lines: list[str], mark: SecrecyMark) -> None:
    for page in (lines, [*lines, mark.value]):
        if find_mark(page):
            assert may_hold_mark("\n".join(page))


@pytest.mark.parametrize(
    ("name", "mark"),
    [
        ("12-UBND-VX_MẬT.pdf", SecrecyMark.SECRET),
        ("Công văn MẬT số 12.docx", SecrecyMark.SECRET),
        ("MẬT.pdf", SecrecyMark.SECRET),
        ("(Mật) Tờ trình.pdf", SecrecyMark.SECRET),
        ("Báo cáo [tối mật].pdf", SecrecyMark.HIGH_SECRET),
        ("Tuyệt mật - phương án.pdf", SecrecyMark.TOP_SECRET),
        ("BC_TỐI_MẬT_01.pdf", SecrecyMark.HIGH_SECRET),
        ("M Ậ T 01.pdf", SecrecyMark.SECRET),
    ],
)
def test_marks_in_names(name: str, mark: SecrecyMark) -> None:
    assert find_mark_in_name(name) is mark
    assert find_mark_in_name(unicodedata.normalize("NFD", name)) is mark


@pytest.mark.parametrize(
    "name",
    [
        "Quy chế bảo vệ bí mật nhà nước.pdf",
        "QUY CHẾ BẢO VỆ BÍ MẬT NHÀ NƯỚC.pdf",
        "QUY CHẾ BẢO MẬT.pdf",
        "Hướng dẫn đổi mật khẩu.docx",
        "ĐỀ ÁN NUÔI ONG LẤY MẬT ONG.pdf",
        "MẬT ĐỘ DÂN SỐ.xlsx",
        "buổi tối mật độ giao thông.pdf",
        "mật.pdf",
        "CV-MAT.pdf",
        "",
        ".pdf",
    ],
)
def test_ordinary_names(name: str) -> None:
    assert find_mark_in_name(name) is None
