"""The chain shows a changed, removed, reordered and cut-off row, wherever it is."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from ledger.hashing import canonical, entry_hash, json_value
from ledger.walk import Broken, Row, first_break

TEXTS = st.lists(st.text(max_size=8), min_size=1, max_size=12)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**60), 2**60)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=8,
)


def chain_of(texts: list[str]) -> list[Row]:
    """Return an intact chain."""
    rows: list[Row] = []
    previous = ""
    for seq, text in enumerate(texts, start=1):
        fields = {"seq": seq, "text": text}
        row = Row(seq, previous, entry_hash(previous, fields), fields)
        rows.append(row)
        previous = row.hash
    return rows


def walked(rows: list[Row], head: Row, anchors: dict[int, str] | None = None) -> Broken | None:
    """Walk `rows` to `head`."""
    return first_break("c", rows, last=head.seq, head=head.hash, anchors=anchors or {})


@given(TEXTS)
def test_an_intact_chain_holds(texts: list[str]) -> None:
    rows = chain_of(texts)
    assert walked(rows, rows[-1], {row.seq: row.hash for row in rows}) is None


@given(TEXTS, st.data())
def test_a_changed_row_shows(texts: list[str], data: st.DataObject) -> None:
    rows = chain_of(texts)
    place = data.draw(st.integers(0, len(rows) - 1))
    rows[place] = replace(rows[place], fields={"seq": place + 1, "text": texts[place] + "x"})
    assert walked(rows, rows[-1]) == Broken("c", place + 1, "changed")


@given(TEXTS, st.data())
def test_a_removed_row_shows(texts: list[str], data: st.DataObject) -> None:
    rows = chain_of(texts)
    head = rows[-1]
    place = data.draw(st.integers(0, len(rows) - 1))
    del rows[place]
    assert walked(rows, head) == Broken("c", place + 1, "missing" if place < len(rows) else "cut_off")


@given(TEXTS.filter(lambda texts: len(texts) > 1), st.data())
def test_two_rows_in_each_others_place_show(texts: list[str], data: st.DataObject) -> None:
    rows = chain_of(texts)
    head = rows[-1]
    one, other = data.draw(st.lists(st.integers(0, len(rows) - 1), min_size=2, max_size=2, unique=True))
    moved = {one: replace(rows[other], seq=one + 1), other: replace(rows[one], seq=other + 1)}
    swapped = [moved.get(place, row) for place, row in enumerate(rows)]
    assert walked(swapped, head) == Broken("c", min(one, other) + 1, "changed")


@given(TEXTS, st.data())
def test_a_cut_off_end_shows(texts: list[str], data: st.DataObject) -> None:
    rows = chain_of(texts)
    kept = data.draw(st.integers(0, len(rows) - 1))
    assert walked(rows[:kept], rows[-1]) == Broken("c", kept + 1, "cut_off")


@given(TEXTS, st.data())
def test_an_end_cut_off_together_with_the_head_shows_by_the_anchor(texts: list[str], data: st.DataObject) -> None:
    rows = chain_of(texts)
    kept = data.draw(st.integers(0, len(rows) - 1))
    last, head = (rows[kept - 1].seq, rows[kept - 1].hash) if kept else (0, "")
    broken = first_break("c", rows[:kept], last=last, head=head, anchors={len(rows): rows[-1].hash})
    assert broken == Broken("c", kept + 1, "cut_off")


@given(TEXTS, st.data())
def test_a_chain_rewritten_with_its_head_shows_by_the_anchor(texts: list[str], data: st.DataObject) -> None:
    anchors = {len(texts): chain_of(texts)[-1].hash}
    place = data.draw(st.integers(0, len(texts) - 1))
    rows = chain_of([text + "x" if at == place else text for at, text in enumerate(texts)])
    assert walked(rows, rows[-1], anchors) == Broken("c", len(texts), "anchor")


@given(VALUES)
def test_one_value_has_one_spelling(value: object) -> None:
    plain = json_value(value)
    assert canonical(plain) == canonical(value)
    assert json_value(plain) == plain
