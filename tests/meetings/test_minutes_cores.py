"""The pure cores behind the minutes: presence, blocks, comparison, file names; for whatever comes."""

import unicodedata
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import PurePosixPath

from hypothesis import given
from hypothesis import strategies as st

from meetings.archive.names import Paths, safe, suffix_of
from meetings.minutes.attendance import CAME, WENT, presence, spells
from meetings.minutes.body import blocks, body_of, by_hand, free, linked, redrafted, restored, section, written
from meetings.minutes.comparison import pieces

START = datetime(2026, 11, 21, 1, tzinfo=UTC)
minutes = st.integers(0, 600)
moves = st.lists(st.tuples(minutes, st.sampled_from([CAME, WENT])), max_size=12).map(
    lambda found: [(START + timedelta(minutes=at), verb) for at, verb in sorted(found, key=lambda one: one[0])]
)


def in_room(found, at):
    """Walk the moves: is the person in the room at that instant?"""
    return any(came <= at and (went is None or at < went) for came, went in spells(found))


@given(moves, minutes, st.integers(1, 300))
def test_presence_is_what_walking_the_door_tells(found, opens, lasts):
    opened, closed = START + timedelta(minutes=opens), START + timedelta(minutes=opens + lasts)
    was = presence(found, opened, closed)
    instants = [opened + timedelta(seconds=30 * step) for step in range(2 * lasts)]
    if any(in_room(found, at) for at in instants):
        assert was.present
    if was.present and was.since is None:
        assert in_room(found, opened)
    if was.since:
        assert was.since > opened
        assert not in_room(found, opened)
    for start, end in was.away:
        assert opened < start <= end <= closed
    if was.until:
        assert not in_room(found, was.until)


@given(moves)
def test_times_in_the_room_follow_each_other(found):
    times = spells(found)
    for (_came, went), (back, _) in pairwise(times):
        assert went is not None
        assert went <= back


texts = st.text(max_size=40)
keys = st.lists(st.sampled_from("abcdef"), unique=True, max_size=6)


@st.composite
def bodies(draw):
    made = []
    for name in ("một", "hai"):
        found = [linked(f"{name}.{key}", draw(texts)) for key in draw(keys)]
        made.append(section(name, name, [*found, free(f"{name}.free")]))
    return body_of(made)


@given(bodies(), bodies(), st.data())
def test_drafting_again_never_loses_a_word_written_by_hand(old, fresh, data):
    for block in list(blocks(old)):
        if data.draw(st.booleans()):
            old = written(old, block["key"], data.draw(texts))
    made = {block["key"]: block for block in blocks(redrafted(old, fresh))}
    facts = {block["key"]: block["fact"] for block in blocks(fresh)}
    for block in blocks(old):
        own = (block["free"] or by_hand(block)) and block["text"].strip()
        if own:
            assert made[block["key"]]["text"] == block["text"]
        elif block["key"] in facts and not block["free"] and not by_hand(block):
            assert made[block["key"]]["text"] == facts[block["key"]]
    assert facts.keys() <= made.keys()
    assert redrafted(redrafted(old, fresh), fresh) == redrafted(old, fresh)


@given(bodies(), st.data())
def test_put_back_is_what_the_ledger_said(body, data):
    block = data.draw(st.sampled_from(list(blocks(body))))
    changed = written(body, block["key"], data.draw(texts))
    back = next(one for one in blocks(restored(changed, block["key"])) if one["key"] == block["key"])
    assert back["text"] == block["fact"]
    assert back["revision"] == block["revision"] + 2


@given(texts, texts)
def test_a_comparison_leads_from_one_text_to_the_other(before, after):
    found = pieces(before, after)
    assert "".join(one.text for one in found if one.kind != "added") == before
    assert "".join(one.text for one in found if one.kind != "removed") == after


@given(st.lists(st.text(max_size=300), min_size=1, max_size=8))
def test_names_never_leave_the_folder_and_never_meet(names):
    paths = Paths()
    made = [paths.path("Chương trình", name, name=name, suffix=suffix_of(name)) for name in names]
    assert len({path.casefold() for path in made}) == len(made)
    for path in made:
        parts = PurePosixPath(path).parts
        assert len(parts) == 3
        assert not {"..", "."} & set(parts)
        assert not path.startswith("/")
        assert "\\" not in path
        assert all(unicodedata.category(char) != "Cc" for char in path)
        assert all(len(part.encode()) <= 255 for part in parts if len(part) < 60)


def test_names_known_to_hurt():
    assert safe("../../etc/passwd") == "etc passwd" or ".." not in safe("../../etc/passwd")
    assert safe("CON") == "_CON"
    assert safe("nul.txt") == "_nul.txt"
    assert safe("a\x00b\u202egpj.exe") == "a b gpj.exe"
    assert safe("   ...  ") == "khong-ten"
    assert safe("Tờ trình số 12/TTr-UBND") == "Tờ trình số 12 TTr-UBND"
    assert suffix_of("x.PDF") == ".pdf"
    assert suffix_of("x.p/df") == ""
