"""Where a meeting is held, said once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.where import where

words = st.lists(st.sampled_from(["Phòng", "họp", "số", "1", "2", "trụ", "sở"]), max_size=5).map(" ".join)


@pytest.mark.parametrize(
    ("room", "place", "said"),
    [
        (
            "Phòng họp số 1",
            "Phòng họp số 1, trụ sở Ủy ban nhân dân tỉnh",
            "Phòng họp số 1, trụ sở Ủy ban nhân dân tỉnh",
        ),
        ("Phòng họp số 1", "phòng họp số 1", "phòng họp số 1"),
        ("Phòng họp số 1", "Phòng họp số 12", "Phòng họp số 1, Phòng họp số 12"),
        ("Hội trường lớn, tầng 2", "Hội trường lớn", "Hội trường lớn, tầng 2"),
        ("", "Nhà văn hóa", "Nhà văn hóa"),
        ("Phòng họp số 1", "", "Phòng họp số 1"),
        ("", "", ""),
    ],
)
def test_as_people_write_it(room, place, said):
    assert where(room, place) == said


@given(words, words)
def test_nothing_is_left_out(room, place):
    said = where(room, place)
    assert room in said or room in place
    assert place in said or place in room
