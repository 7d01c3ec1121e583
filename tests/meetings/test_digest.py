"""The digest of a result: the same fixtures run in the browser (tests/meetings/js)."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.digest import canonical, digest_of, short, shown_result

CASES = json.loads((Path(__file__).parent / "fixtures" / "digest.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_fixtures_are_what_the_server_computes(case):
    vote = case["vote"]
    shown = shown_result(vote["id"], vote["question"], vote["options"], vote["result"], annulled="annulled" in vote)
    assert shown == case["of"]
    assert canonical(shown) == case["canonical"]
    assert (digest_of(shown), short(digest_of(shown))) == (case["digest"], case["short"])


def test_every_case_has_a_digest_of_its_own():
    assert len({case["short"] for case in CASES}) == len(CASES)


@given(st.dictionaries(st.text(max_size=8), st.integers() | st.text(max_size=8) | st.booleans(), max_size=6))
def test_the_order_in_which_names_were_written_does_not_matter(shown):
    assert canonical(dict(reversed(shown.items()))) == canonical(shown)
    assert json.loads(canonical(shown)) == shown


@pytest.mark.parametrize("field", ["question", "members", "present", "cast", "carried", "annulled"])
def test_whatever_is_shown_otherwise_has_another_digest(field):
    shown = CASES[0]["of"]
    other = {**shown, field: not shown[field] if isinstance(shown[field], bool) else f"{shown[field]}1"}
    assert digest_of(other) != CASES[0]["digest"]
