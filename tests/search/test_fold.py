"""Folding keeps length and meets what people type."""

from hypothesis import given
from hypothesis import strategies as st

from search.fold import composed, fold, lowered, words
from search.query import has_tones, parse
from search.snippet import snippet


@given(st.text())
def test_folding_keeps_length(text: str) -> None:
    assert len(fold(text)) == len(lowered(text)) == len(composed(text))


@given(st.text())
def test_folding_again_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text) or len(fold(fold(text))) != len(fold(text))


def test_every_vietnamese_letter_folds_to_ascii() -> None:
    letters = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
    assert fold(letters) == fold(letters.upper())
    assert set(fold(letters)) == set("aeiouyd")


def test_typed_without_marks_meets_the_text() -> None:
    assert fold("Quyết định") == "quyet dinh"
    assert fold("ĐÀ NẴNG") == "da nang"


def test_decomposed_input_is_the_same_text() -> None:
    assert fold("Quye\u0302\u0301t") == fold("Quyết")


def test_a_symbol_is_one_phrase() -> None:
    [term] = parse("12/QĐ-UBND")
    assert term.folded == ("12", "qd", "ubnd")
    assert has_tones([term])


def test_quotes_make_a_phrase_and_marks_alone_make_nothing() -> None:
    assert [term.folded for term in parse('"hội đồng" nhân')] == [("hoi", "dong"), ("nhan",)]
    assert parse('"" -- ') == []


@given(st.text(max_size=400), st.text(max_size=30))
def test_a_snippet_never_fails_and_marks_lie_inside(text: str, query: str) -> None:
    terms = parse(query)
    if terms:
        found = snippet(composed(text), terms, exact=False)
        assert "".join(piece for piece, _ in found.parts()) == found.text
        assert all(0 <= start < end <= len(found.text) for start, end in found.marks)
        assert found.text in composed(text)
        assert found.cut_before or found.cut_after or found.text == composed(text)


def test_a_snippet_is_cut_between_words() -> None:
    text = "mở đầu " * 40 + "ngân sách năm nay " + "kết thúc " * 40
    found = snippet(text, parse("ngan sach"), exact=False)
    assert (found.cut_before, found.cut_after) == (True, True)
    assert found.text.split()[0] in {"mở", "đầu"}
    assert found.text.split()[-1] in {"kết", "thúc"}
    assert "ngân sách" in found.text


def test_words_split_on_underscores() -> None:
    assert words("a_b c") == ["a", "b", "c"]
