"""The text of a document between editor and typesetter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.content import ContentError, blocks, checked, lines, plain, words_of

texts = st.text(max_size=200)


@given(texts)
def test_what_the_editor_shows_reads_back_the_same(text):
    once = blocks(text)
    assert blocks(plain(once)) == once


@given(texts)
def test_blocks_of_any_text_are_valid_content(text):
    assert checked({"body": blocks(text)})["body"] == blocks(text)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | texts,
        lambda inner: st.lists(inner) | st.dictionaries(texts, inner),
        max_leaves=8,
    )
)
def test_strange_content_is_refused_not_crashed_on(value):
    for content in ({"body": value}, {"body": [value]}, {"recipients": value}, {"unit": value}):
        try:
            checked(content)
        except ContentError:
            continue


def test_headings_basis_and_tables():
    found = blocks("Căn cứ Luật;\n\n# Nội dung\n## QUYẾT ĐỊNH:\n| A | B |\n| 1 |\n\nĐiều 1.")
    assert found == [
        {"kind": "basis", "text": "Căn cứ Luật;"},
        {"kind": "heading", "text": "Nội dung"},
        {"kind": "centered", "text": "QUYẾT ĐỊNH:"},
        {"kind": "table", "head": ["A", "B"], "rows": [["1", ""]]},
        "Điều 1.",
    ]


def test_two_tables_stay_two():
    tables = [{"kind": "table", "head": ["A"], "rows": [["1"]]}, {"kind": "table", "head": ["B"], "rows": []}]
    assert blocks(plain(tables)) == tables


def test_every_line_is_looked_at():
    content = {"body": ["Một", {"kind": "heading", "text": "Hai"}], "recipients": ["Ba"], "addressees": ["Bốn"]}
    assert set(words_of(checked(content))) == {"Một", "Hai", "Ba", "Bốn"}


def test_decomposed_marks_are_composed():
    assert checked({"body": ["Hội nghi\u0323"]})["body"] == ["Hội nghị"]


@pytest.mark.parametrize(
    "body", ["text", [{"kind": "script", "text": "x"}], [{"kind": "table", "head": ["A"], "rows": [["1", "2"]]}]]
)
def test_wrong_forms_are_refused(body):
    with pytest.raises(ContentError):
        checked({"body": body})


def test_lines():
    assert lines(" a \n\n b  c \n") == ["a", "b c"]
