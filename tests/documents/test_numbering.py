"""Numbers and symbols (NĐ 30/2020/NĐ-CP, Art. 15): examples of the decree and properties."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.numbering import PatternError, following, notation, padded, symbol
from documents.types import type_rows

words = st.text(alphabet="ABCĐĐQUVNTKyr", min_size=1, max_size=8)
numbers = st.integers(min_value=1, max_value=99_999)
years = st.integers(min_value=2020, max_value=2100)


@pytest.mark.parametrize(
    ("pattern", "number", "parts", "expected"),
    [
        ("{number}/{type}-{body}", 15, {"type_abbreviation": "QĐ", "body": "BNV"}, "15/QĐ-BNV"),
        ("{number}/{type}-{body}", 5, {"type_abbreviation": "KH", "body": "UBND"}, "05/KH-UBND"),
        ("{number}/{body}-{unit}", 12, {"type_abbreviation": "", "body": "UBND", "unit": "VX"}, "12/UBND-VX"),
        ("{number}/{body}-{unit}", 12, {"type_abbreviation": "", "body": "UBND"}, "12/UBND"),
        ("{number}/{year}/{type}-{body}", 1, {"type_abbreviation": "NQ", "body": "HĐND"}, "01/2026/NQ-HĐND"),
    ],
)
def test_examples_of_the_decree(pattern, number, parts, expected):
    assert symbol(pattern, number=number, year=2026, **parts) == expected


@given(numbers, years, words, words, words, st.sampled_from([row["number_pattern"] for row in type_rows()]))
def test_a_symbol_starts_with_its_number_and_has_no_spaces(number, year, kind, body, unit, pattern):
    parts = {"year": year, "type_abbreviation": kind, "body": f" {body} ", "unit": unit}
    text = symbol(pattern, number=number, **parts)
    shown, _, rest = text.partition("/")
    assert int(shown) == number
    assert len(shown) >= 2
    assert rest == notation(pattern, **parts)
    assert not any(char.isspace() for char in text)
    assert not text.endswith(("-", "/"))


@given(numbers, numbers)
def test_different_numbers_give_different_symbols(one, other):
    parts = {"year": 2026, "type_abbreviation": "TB", "body": "UBND"}
    same = symbol("{number}/{type}-{body}", number=one, **parts) == symbol(
        "{number}/{type}-{body}", number=other, **parts
    )
    assert same == (one == other)


@given(st.integers(min_value=0, max_value=500))
def test_a_book_counts_from_one_without_gaps(count):
    last, given_numbers = 0, []
    for _ in range(count):
        last = following(last)
        given_numbers.append(last)
    assert given_numbers == list(range(1, count + 1))


def test_numbers_below_one_do_not_exist():
    with pytest.raises(ValueError, match="start at 1"):
        padded(0)


@pytest.mark.parametrize("pattern", ["{type}-{body}", "{number}/{secret}", "{body}/{number}"])
def test_a_wrong_pattern_is_refused(pattern):
    with pytest.raises(PatternError):
        symbol(pattern, number=1, year=2026, type_abbreviation="TB", body="UBND")


def test_the_decree_names_29_types_and_27_abbreviations():
    rows = type_rows()
    assert len(rows) == 29
    assert len({row["code"] for row in rows}) == 29
    assert sum(1 for row in rows if row["abbreviation"]) == 27
