"""Range headers: one range or the whole, never an error."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.byteranges import ByteRange, Unsatisfiable, asked_range


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("bytes=0-0", ByteRange(0, 1)),
        ("bytes=0-99", ByteRange(0, 100)),
        ("bytes=10-", ByteRange(10, 90)),
        ("bytes=90-500", ByteRange(90, 10)),
        ("bytes=-30", ByteRange(70, 30)),
        ("bytes=-300", ByteRange(0, 100)),
        ("Bytes = 5-6", ByteRange(5, 2)),
        ("bytes=100-", Unsatisfiable.ANSWER),
        ("bytes=-0", Unsatisfiable.ANSWER),
        ("bytes=200-100", Unsatisfiable.ANSWER),
        ("bytes=9-5", None),
        ("bytes=-", None),
        ("", None),
        ("pages=1-2", None),
        ("bytes=0-1,5-6", None),
        ("bytes=a-b", None),
        ("bytes=" + "9" * 500 + "-", None),
        ("bytes=٣-٤", None),
    ],
)
def test_what_is_asked(header: str, part: object) -> None:
    assert asked_range(header, 100) == part


@given(st.text(max_size=40) | st.from_regex(r"bytes=\d{0,6}-\d{0,6}", fullmatch=True), st.integers(0, 10**6))
def test_a_range_lies_inside_the_file(header: str, size: int) -> None:
    part = asked_range(header, size)
    if isinstance(part, ByteRange):
        assert part.length > 0
        assert 0 <= part.start <= part.start + part.length <= size
