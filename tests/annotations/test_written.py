"""Shapes are written down once: the text says the same as encoding the whole would."""

import json
from hashlib import sha256
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from annotations.actions.annotating import _digest
from annotations.merging import difference
from annotations.operations import operation
from annotations.shapes import rounded
from annotations.written import is_short, notes_text, patch_text, with_shape
from documents.models import Document
from ledger.hashing import CANONICAL
from live.frames import compact

NUMBERS = st.one_of(
    st.integers(-300, 20_000),
    st.floats(-300, 20_000, allow_nan=False),
    st.floats(-300, 20_000, allow_nan=False).map(lambda number: round(number, 2)),
)
SHAPES = st.lists(NUMBERS, min_size=1, max_size=30).map(lambda numbers: {"points": numbers})
TEXTS = st.text(st.characters(blacklist_characters="\0", blacklist_categories=["Cs"]), max_size=20)
NOTES = st.builds(lambda shape, body: {"body": body, "shape": shape, "stamps": {"put": [1, "a"]}}, SHAPES, TEXTS)


@given(SHAPES)
def test_what_is_taken_for_short_needs_no_rounding(shape: dict[str, Any]) -> None:
    if is_short(compact(shape)):
        assert compact(rounded(shape)) == compact(shape)
    assert is_short(compact(rounded(shape)))


@given(NOTES)
def test_a_note_with_its_written_shape_is_the_note(note: dict[str, Any]) -> None:
    assert with_shape(note, compact(note["shape"])) == compact(note)
    assert with_shape(note, compact(note["shape"]), CANONICAL.encode) == CANONICAL.encode(note)


def test_a_backslash_before_the_place_stays_what_it_is() -> None:
    note = {"body": '"\\u0000" \\', "shape": {"points": [1, 2, 0.5]}}
    assert json.loads(with_shape(note, compact(note["shape"]))) == note


@given(st.none() | NOTES, st.none() | NOTES, st.booleans())
def test_the_patch_of_a_stream_is_the_difference_of_its_states(before: Any, after: Any, knows: bool) -> None:
    shape_text = compact(after["shape"]) if knows and before is None and after else ""
    text = patch_text(before, after, shape_text)
    states = [{"n": state} if state else {} for state in (before, after)]
    expected = difference(*states)
    assert (json.loads(notes_text({"n": text})) if text else {}) == ({"notes": expected} if expected else {})


def test_what_an_operation_says_is_known_again_as_before() -> None:
    raw = {
        "id": "8d2f6a0e-7a55-4f6e-9c53-0d8f1f6f2a11",
        "stamp": 3,
        "do": "put",
        "note": "1f0e2f5e-52c2-4a3f-8a6b-3a8c1f9f0d22",
        "version": "5a0d4c44-8f0c-4a3e-bb05-7f3a1f9d0e33",
        "page": 1,
        "kind": "ink",
        "shape": {"points": [10.123, 20.0, 0.5]},
        "style": {"colour": "#c62828", "width": 2.0, "opacity": 1},
        "body": "dòng \\u0000 thứ nhất",
    }
    asked, document = operation(raw), Document(pk=7)
    whole = CANONICAL.encode({"document": 7, **asked.data})
    assert asked.data["shape"] == {"points": [10.12, 20, 0.5]}
    assert _digest(document, asked) == sha256(whole.encode()).hexdigest()
