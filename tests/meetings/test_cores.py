"""Pure cores: counting, quorum, agenda places, kinds."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings import counting
from meetings.counting import BASES, THRESHOLDS, Roll, Rule, Threshold, share, tally
from meetings.kinds import BOARDS, CERTAINTIES, all_kinds, kind_on, kinds_on
from meetings.positions import inserted, moved, positions, removed
from meetings.quorum import needed, quorum
from meetings.workflow import MEETING, MINUTES, PAPER, PAPER_ASKS, SPEECH, VOTE, VOTE_ASKS, WHO

OPTIONS = ["yes", "no", "abstain"]
thresholds = st.builds(
    Threshold,
    st.sampled_from(THRESHOLDS),
    st.integers(1, 9),
    st.integers(9, 20),
)


def result(rule, options, choices, roll):
    """A vote for or against in which everybody has one choice."""
    return counting.result(rule, tally(options, [(choice,) for choice in choices]), roll)


@st.composite
def votes(draw):
    members = draw(st.integers(0, 60))
    present = draw(st.integers(0, members))
    late = draw(st.integers(0, members - present))
    choices = draw(st.lists(st.sampled_from(OPTIONS), max_size=present + late))
    rule = Rule(draw(st.sampled_from(BASES)), draw(thresholds), "yes")
    return rule, choices, Roll(members, present, late)


@given(votes())
def test_everybody_is_counted_once(vote):
    rule, choices, roll = vote
    found = result(rule, OPTIONS, choices, roll)
    assert sum(found.counts.values()) == found.cast == len(choices)
    assert found.cast + found.unanswered + found.absent == roll.members
    assert set(found.counts) == set(OPTIONS)


@given(votes())
def test_order_of_ballots_does_not_matter(vote):
    rule, choices, roll = vote
    assert result(rule, OPTIONS, choices, roll) == result(rule, OPTIONS, sorted(choices), roll)


@given(votes())
def test_one_more_carrying_vote_never_loses(vote):
    rule, choices, roll = vote
    before = result(rule, OPTIONS, choices, roll)
    if "no" in choices:
        switched = ["yes" if index == choices.index("no") else choice for index, choice in enumerate(choices)]
        assert result(rule, OPTIONS, switched, roll).carried >= before.carried


@given(votes())
def test_the_outcome_is_its_own_arithmetic(vote):
    rule, choices, roll = vote
    found = result(rule, OPTIONS, choices, roll)
    assert found.carried == (found.base > 0 and found.reached >= found.needed)
    assert found.as_data()["reached"] == choices.count("yes")


@given(st.integers(0, 500), st.integers(1, 9), st.integers(9, 20))
def test_thresholds_are_the_smallest_number_that_is_enough(base, numerator, denominator):
    more = Threshold("more_than", numerator, denominator).needed(base)
    assert more * denominator > base * numerator >= (more - 1) * denominator
    least = Threshold("at_least", numerator, denominator).needed(base)
    assert least * denominator >= base * numerator > (least - 1) * denominator


@pytest.mark.parametrize(
    ("base", "threshold", "choices", "roll", "needed_votes", "carried"),
    [
        # UBND: more than half of ALL members; a member who stays away counts against.
        ("all", Threshold("more_than"), ["yes"] * 14, Roll(27, 20), 14, True),
        ("all", Threshold("more_than"), ["yes"] * 13, Roll(26, 20), 14, False),
        # The reported e-Cabinet example: 25 of 27 agree.
        ("all", Threshold("more_than"), ["yes"] * 25 + ["no"] * 2, Roll(27, 23, 4), 14, True),
        # HĐND: two thirds of ALL delegates for removing a delegate.
        ("all", Threshold("at_least", 2, 3), ["yes"] * 40, Roll(60, 55), 40, True),
        ("all", Threshold("at_least", 2, 3), ["yes"] * 40, Roll(61, 55), 41, False),
        ("present", Threshold("more_than"), ["yes"] * 6 + ["no"] * 5, Roll(20, 11), 6, True),
        ("present", Threshold("more_than"), ["yes"] * 6 + ["no"] * 5, Roll(20, 11, 1), 7, False),
        ("cast", Threshold("more_than"), ["yes"] * 2 + ["abstain"] * 2, Roll(20, 11), 3, False),
        ("present", Threshold("everyone"), ["yes"] * 11, Roll(20, 11), 11, True),
        ("all", Threshold("number", 5), ["yes"] * 5, Roll(20, 11), 5, True),
        ("cast", Threshold("everyone"), [], Roll(20, 11), 0, False),
    ],
)
def test_worked_examples(base, threshold, choices, roll, needed_votes, carried):
    found = result(Rule(base, threshold, "yes"), OPTIONS, choices, roll)
    assert (found.needed, found.carried) == (needed_votes, carried)


def test_pressed_abstain_and_no_answer_are_kept_apart():
    found = result(Rule("all", Threshold("more_than"), "yes"), OPTIONS, ["yes", "abstain"], Roll(10, 6))
    assert found.counts["abstain"] == 1
    assert found.unanswered == 4
    assert found.absent == 4


def test_shares_are_of_all_members():
    found = result(Rule("present", Threshold("more_than"), "yes"), OPTIONS, ["yes"] * 2 + ["no"], Roll(6, 3))
    assert found.shares == {"yes": "33.33", "no": "16.67", "abstain": "0.00"}
    assert share(1, 0) == "0.00"


def test_rule_reads_what_kinds_freeze():
    frozen = kind_on("hdnd_session", date(2026, 11, 21)).frozen_rule("dismissal")
    assert Rule.from_data(frozen) == Rule("all", Threshold("at_least", 2, 3), "yes")
    assert frozen["basis"]


@given(st.integers(0, 300), st.integers(0, 300))
def test_quorum_is_the_share_rounded_up(members, present):
    found = quorum(members, present, (2, 3))
    assert found.needed * 3 >= members * 2
    assert found.needed <= 1 or (found.needed - 1) * 3 < members * 2
    assert found.met == (present >= found.needed)


def test_no_quorum_rule_asks_for_nobody():
    assert needed(40, None) == 0
    assert quorum(40, 0, None).met
    assert not quorum(0, 0, (2, 3)).met


orders = st.lists(st.integers(0, 40), unique=True)


@given(orders, st.integers(0, 40), st.integers(-5, 60))
def test_places_have_no_gaps(order, key, position):
    for changed in (inserted(order, key, position), moved(order, key, position), removed(order, key)):
        assert sorted(positions(changed).values()) == list(range(1, len(changed) + 1))


@given(orders, st.integers(0, 40), st.integers(1, 60))
def test_inserting_keeps_the_others_in_order(order, key, position):
    changed = inserted(order, key, position)
    assert removed(changed, key) == removed(order, key)
    assert changed.index(key) == min(position, len(changed)) - 1


@given(orders)
def test_moving_to_its_own_place_changes_nothing(order):
    for key, place in positions(order).items():
        assert moved(order, key, place) == order


def test_an_unknown_key_is_not_moved_in():
    assert moved([1, 2], 3, 1) == [1, 2]


def test_kinds_are_dated_without_overlap():
    for kind in all_kinds():
        assert kind.certainty in CERTAINTIES
        assert kind.basis
        same_day = [other for other in kinds_on(kind.effective_from) if other.code == kind.code]
        assert same_day == [kind]


def test_kinds_rules_are_sound():
    for kind in all_kinds():
        codes = [option["code"] for option in kind.options]
        for rule in kind.rules:
            assert rule.data["carrying"] in codes
            assert rule.data["board"] in BOARDS
            assert Rule.from_data(rule.data).base in BASES
            assert rule.name("vi")
            assert rule.name("en")


def test_law_changes_by_day():
    before, after = kind_on("ubnd_session", date(2025, 6, 30)), kind_on("ubnd_session", date(2025, 7, 1))
    assert before is not after
    assert kind_on("ubnd_session", date(1999, 1, 1)) is None
    assert kind_on("nothing", date(2026, 1, 1)) is None


def test_the_diagrams_in_the_docs_are_the_tables():
    text = (Path(__file__).resolve().parents[2] / "docs" / "meetings.md").read_text(encoding="utf-8")
    for table in (MEETING, MINUTES, PAPER, SPEECH, VOTE):
        assert table.mermaid() in text


def test_every_name_in_the_tables_stands_for_somebody():
    for table in (MEETING, MINUTES, PAPER, SPEECH, VOTE):
        assert {row.who for row in table.moves} <= set(WHO)
    assert {*VOTE_ASKS.values(), *PAPER_ASKS.values()} <= {row.verb for row in MEETING.moves}
