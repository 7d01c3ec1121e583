"""Where notes stand in a newer version: the same page, the same words elsewhere, or nowhere."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from annotations.carrying import Noted, Page, Spot, carried, letters

WORDS = "Ủy ban nhân dân tỉnh trình Hội đồng nhân dân tỉnh xem xét, quyết định mức thu phí tham quan năm 2027."


def note(**more):
    return Noted(
        "a",
        **{"page": 1, "exact": "mức thu phí tham quan", "prefix": "xem xét, quyết định ", "suffix": " năm 2027"} | more,
    )


def where(noted, old, new):
    return carried([noted], [Page(text) for text in old], [Page(text) for text in new])["a"]


def test_on_a_page_that_stayed_everything_stands_where_it_stood():
    assert where(note(), [WORDS], [WORDS.replace(" ", "\r\n")]) == Spot(1)
    assert where(Noted("a", 1), [WORDS], [WORDS]) == Spot(1)


def test_a_page_that_moved_takes_its_notes_along_if_there_is_one_only():
    assert where(Noted("a", 1), [WORDS], ["Trang bìa mới", WORDS]) == Spot(2)
    assert where(Noted("a", 1), [WORDS, WORDS], ["Trang bìa mới", WORDS, WORDS]) is None


def test_quoted_words_are_found_on_a_changed_page():
    new = "Căn cứ Luật Phí và lệ phí. " + WORDS
    found = where(note(), [WORDS], [new])
    assert found.page == 1
    assert new[slice(*found.span)] == "mức thu phí tham quan"


def test_words_that_are_gone_are_not_found():
    assert where(note(), [WORDS], [WORDS.replace("thu phí", "thu lệ phí")]) is None
    assert where(Noted("a", 1), [WORDS], [WORDS + " Thêm."]) is None


def test_of_several_places_the_one_with_the_same_words_around_it_is_taken():
    other = "Phụ lục về mức thu phí tham quan các năm. "
    found = where(note(), [WORDS], [other + WORDS])
    assert found.span[0] > len(other)


def test_of_places_that_are_alike_none_is_guessed():
    assert (
        where(note(prefix="", suffix=""), ["mức thu phí tham quan"], ["mức thu phí tham quan. mức thu phí tham quan."])
        is None
    )


def test_short_words_need_what_stands_around_them():
    assert where(note(exact="phí", prefix="", suffix=""), [WORDS], [WORDS + " Thêm."]) is None
    found = where(note(exact="phí", prefix="mức thu ", suffix=" tham quan"), [WORDS], [WORDS + " Thêm."])
    assert found.span == (WORDS.index("phí"), WORDS.index("phí") + 3)


def test_scans_are_the_same_by_their_picture_alone():
    old, new = [Page("", "a1"), Page("", "b2")], [Page("", "a1"), Page("", "c3")]
    found = carried([Noted("a", 1), Noted("b", 2), Noted("c", 9)], old, new)
    assert found == {"a": Spot(1), "b": None, "c": None}
    assert carried([Noted("a", 1)], [Page("")], [Page("")]) == {"a": None}


TEXT = st.text(st.sampled_from("aăâbcdđeêg hiklmnoôơpqrstuưvxy áàảãạ\n"), max_size=60)


@given(TEXT, TEXT, TEXT, TEXT)
def test_what_is_found_are_the_quoted_words_whatever_was_put_around_them(before, exact, after, added):
    found = where(
        Noted("a", 1, exact, before, after), [before + exact + after], [added, added + before + exact + after]
    )
    if found is not None and found.span is not None:
        text = [added, added + before + exact + after][found.page - 1]
        assert letters(text[slice(*found.span)]).text == letters(exact).text


@given(TEXT, TEXT)
def test_however_a_text_flows_and_is_composed_its_letters_are_the_same(text, exact):
    flowing = unicodedata.normalize("NFD", text.replace(" ", "\n "))
    assert letters(flowing).text == letters(text).text
    made = letters(flowing)
    assert all(0 <= start < end <= len(flowing) for start, end in zip(made.starts, made.ends, strict=True))


@given(st.lists(TEXT, min_size=1, max_size=4))
def test_a_version_that_did_not_change_keeps_every_note(pages):
    noted = [Noted(str(number), number) for number in range(1, len(pages) + 1)]
    texts = [Page(text, picture="x") for text in pages]
    assert carried(noted, texts, texts) == {str(number): Spot(number) for number in range(1, len(pages) + 1)}


def test_a_page_with_hardly_any_letters_is_told_by_its_picture_too():
    assert carried([Noted("a", 1)], [Page("Trang 1", "a1")], [Page("Trang 1", "b2")]) == {"a": None}
