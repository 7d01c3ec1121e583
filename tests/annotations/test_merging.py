"""Operations of three clients: in any order, twice or late, everybody ends with the same notes."""

import json
from itertools import permutations
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.merging import difference, merged, shown
from live.patch import merged as patched

FIXTURES = Path(__file__).parent / "fixtures"
CLIENTS = [{"owner": str(UUID(int=n)), "name": f"Người {n}", "at": f"2026-11-21T02:00:0{n}+00:00"} for n in range(3)]
NOTES = [str(UUID(int=100 + n)) for n in range(3)]


def together(steps: Any) -> dict[str, Any]:
    notes: dict[str, Any] = {}
    for step in steps:
        notes = merged(notes, step["operation"], step["author"])
    return {key: one for key, note in notes.items() if (one := shown(note)) is not None}


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("merging_*.json")), ids=lambda path: path.stem)
def test_fixture_in_every_order(path):
    example = json.loads(path.read_text())
    for order in permutations(example["steps"]):
        assert together(order) == example["notes"], example["says"]


def test_differences_are_merge_patches():
    for before, after, patch in json.loads((FIXTURES / "difference.json").read_text())["cases"]:
        assert difference(before, after) == patch
        assert patched(before, patch) == after


@st.composite
def steps(draw: Any) -> list[dict[str, Any]]:
    """Operations of three clients on three notes; each note is one client's."""
    made = []
    for number in range(draw(st.integers(1, 14))):
        owner = draw(st.integers(0, 2))
        note, to = (
            NOTES[owner],
            draw(st.sampled_from([None, {"circle": "meeting:x"}, {"people": [CLIENTS[1]["owner"]]}])),
        )
        text, style = draw(st.sampled_from("abc")), {"width": draw(st.integers(1, 3))}
        reply = str(UUID(int=200 + draw(st.integers(0, 2))))
        asked = draw(
            st.sampled_from(
                [
                    {
                        "do": "put",
                        "version": "v",
                        "page": 1,
                        "kind": "ink",
                        "shape": {"points": [number]},
                        "body": text,
                        "style": style,
                        "to": to,
                    },
                    {"do": "erase"},
                    {"do": "restore"},
                    {"do": "say", "body": text},
                    {"do": "restyle", "style": style},
                    {"do": "share", "to": to},
                    {"do": "reply", "reply": reply, "body": text},
                    {"do": "erase_reply", "reply": reply},
                ]
            )
        )
        operation = {"id": str(UUID(int=1000 + number)), "stamp": draw(st.integers(1, 5)), "note": note, **asked}
        made.append({"author": CLIENTS[owner], "operation": operation})
    return made


@given(steps(), st.data())
def test_any_interleaving_duplication_and_reordering_converges(asked, data):
    orders = [
        data.draw(st.permutations(asked + data.draw(st.lists(st.sampled_from(asked), max_size=5)))) for _ in range(2)
    ]
    assert together(orders[0]) == together(orders[1]) == together(asked)
