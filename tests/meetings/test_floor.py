"""The clock of the floor and the order of the queue: properties, and the cases the browser is proved with too."""

import json
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.floor import NEAR, clock, stand, used_ms
from meetings.kinds import all_kinds
from meetings.queue import FAIR, MANUAL, Line, lanes, line_up
from meetings.speaking_times import SpeakingTimes, timed, times_from

HERE = Path(__file__).parent
FLOOR = json.loads((HERE / "fixtures/floor.json").read_text(encoding="utf-8"))
QUEUE = json.loads((HERE / "fixtures/queue.json").read_text(encoding="utf-8"))
PEOPLE = st.sampled_from(["an", "bình", "lan", "minh"])
LANES = st.sampled_from(["speech", "debate", "question"])
TIMES = st.integers(0, 20).map(lambda second: f"2026-11-21T02:00:{second:02d}.000Z")
LINES = st.lists(st.tuples(PEOPLE, LANES, st.integers(0, 9), TIMES), max_size=12).map(
    lambda rows: [Line(f"k{key:02d}", *row) for key, row in enumerate(rows)]
)
HELD = st.dictionaries(PEOPLE, st.integers(0, 4))
MS = st.integers(0, 10**8)


@pytest.mark.parametrize("case", FLOOR)
def test_the_clock_of_the_cases(case):
    found = stand(case["limit"], used_ms(case["used"], case["since"], case["now"]))
    assert {"used": found.used, "left": found.left, "over": found.over, "tone": found.tone} == case["is"]
    assert clock(found.used if found.tone == "free" else found.left or found.over) == case["clock"]


@pytest.mark.parametrize("case", QUEUE, ids=lambda case: case["name"])
def test_the_queues_of_the_cases(case):
    assert lanes([Line(*row) for row in case["lines"]], case["held"], case["order"]) == case["queue"]


def test_the_browser_counts_and_lines_up_the_same():
    run = subprocess.run(["node", "--test", str(HERE / "js/speaking.test.mjs")], capture_output=True, text=True)
    assert run.returncode == 0, run.stdout[-3000:] + run.stderr[-1000:]


@given(st.integers(1, 14_400), MS)
def test_used_left_and_over_add_up(limit, used):
    found = stand(limit, used)
    assert found.used + found.left - found.over == limit * 1000
    assert found.left == 0 or found.over == 0
    assert (found.tone == "over") == (found.over > 0)
    assert (found.tone == "near") == (found.over == 0 and found.left <= NEAR)


@given(MS, MS, MS, MS)
def test_pausing_loses_and_invents_nothing(used, since, first, second):
    """Pausing in the middle and going on at once counts the same as not pausing."""
    stopped = used_ms(used, since, since + first)
    assert used_ms(stopped, since + first, since + first + second) == used_ms(used, since, since + first + second)
    assert used_ms(used, since, since - first) == used


@given(LINES, HELD, st.sampled_from([FAIR, MANUAL]))
def test_everybody_stands_in_line_once(lines, held, order):
    assert sorted(line_up(lines, held, order)) == sorted(line.key for line in lines)


@given(LINES, HELD)
def test_nobody_who_came_later_and_spoke_more_is_called_before(lines, held):
    lines = list({line.person: line for line in lines}.values())
    by_key = {line.key: line for line in lines}
    queue = [by_key[key] for key in line_up(lines, held, FAIR)]
    ranks = [(held.get(line.person, 0), line.at, line.key) for line in queue]
    assert ranks == sorted(ranks)


@given(LINES, HELD)
def test_between_two_calls_of_one_person_everybody_who_spoke_less_has_had_a_turn(lines, held):
    by_key = {line.key: line for line in lines}
    load = dict(held)
    for key in line_up(lines, held, FAIR):
        person = by_key.pop(key).person
        mine = load.get(person, 0)
        assert all(load.get(line.person, 0) >= mine for line in by_key.values())
        load[person] = mine + 1


@given(LINES, st.dictionaries(LANES, HELD), st.sampled_from([FAIR, MANUAL]))
def test_lanes_stand_apart(lines, held, order):
    whole = lanes(lines, held, order)
    for lane, queue in whole.items():
        assert lanes([line for line in lines if line.lane == lane], held, order) == {lane: queue}


def test_times_are_dated_data():
    council = next(kind for kind in all_kinds() if kind.code == "hdnd_session" and kind.effective_to is None)
    times = council.speaking
    assert [times.limit("speech", nth) for nth in (1, 2, 3)] == [420, 180, 180]
    assert (times.limit("debate", 5), times.limit("ask", 1), times.limit("answer", 2)) == (180, 60, 180)
    assert [code for code, _ in times.named("vi")] == ["speech", "debate", "question"]
    assert times.named("vi")[2] == ("question", "Chất vấn")
    for kind in all_kinds():
        assert kind.speaking.has("speech")
        assert kind.speaking.basis
        assert kind.speaking.certainty in ("read", "excerpt", "unverified")


def test_a_kind_that_says_nothing_lets_people_speak_without_limit():
    assert times_from({}) == SpeakingTimes()
    assert SpeakingTimes().limit("speech", 1) == 0
    assert (timed("debate", "speak"), timed("question", "answer")) == ("debate", "answer")
