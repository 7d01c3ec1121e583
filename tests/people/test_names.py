"""The order of Vietnamese names and the shape of the stored key."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.names import KEY_LENGTH, normalised, sort_key

WORDS = [
    "An",
    "Ân",
    "Ánh",
    "Bình",
    "Châu",
    "Dũng",
    "Đặng",
    "Đức",
    "Hòa",
    "Hoà",
    "Ngọc",
    "Nguyễn",
    "Ỷ",
    "Ýt",
    "Ư",
    "Xuân",
]
names = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)


@pytest.mark.parametrize(
    "ordered",
    [
        ["Lê Văn An", "Trần Văn An", "Lê Thị Ánh", "Lê Văn Ân", "Lê Văn Bình"],
        ["Lê Dũng", "Lê Đông", "Lê Em"],
        ["Lê Thị Hoa", "Lê Thị Hòa", "Lê Thị Hóa", "Lê Thị Hỏa", "Lê Thị Hõa", "Lê Thị Họa"],
        ["Ngô Mai", "Ngô Mơ", "Ngô Mưa", "Ngô My"],
        ["Lê An", "Lê Anh", "Lê Anh Anh"],
        ["Lê Oanh", "Lê Ôn", "Lê Ơn", "Lê Phúc"],
        ["Thử 10", "Thử 2"],
    ],
)
def test_lists_follow_the_vietnamese_alphabet(ordered: list[str]) -> None:
    assert sorted(ordered, key=sort_key) == ordered


@given(names)
def test_the_spelling_of_marks_does_not_matter(name: str) -> None:
    assert sort_key(name) == sort_key(unicodedata.normalize("NFD", name)) == sort_key(f"  {name.upper()} ")


@given(st.text(max_size=120))
def test_the_key_is_short_and_holds_digits_only(name: str) -> None:
    key = sort_key(name)
    assert len(key) <= KEY_LENGTH
    assert set(key) <= set("0123456789")


@given(st.text(max_size=60))
def test_normalising_again_changes_nothing(name: str) -> None:
    assert normalised(normalised(name)) == normalised(name)


@given(names, names, st.sampled_from(WORDS), st.sampled_from(WORDS))
def test_the_given_name_decides_before_the_family_name(one: str, other: str, first: str, second: str) -> None:
    if bare(first) < bare(second):
        assert sort_key(f"{one} {first}") < sort_key(f"{other} {second}")


def bare(word: str) -> str:
    """The letters of a word in alphabet order, without marks."""
    return sort_key(word)[: 2 * len(unicodedata.normalize("NFC", word))] + "00"


@given(st.lists(names, min_size=2, max_size=6))
def test_equal_keys_mean_equal_names(drawn: list[str]) -> None:
    known: dict[str, str] = {}
    for name in drawn:
        assert known.setdefault(sort_key(name), name.lower()) == name.lower()
