"""Counting: the examples of the law for a People's Committee and a People's Council, and what holds for every count."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.counting import BASES, THRESHOLDS, Roll, Rule, Tally, Threshold, outcome, result, tally
from meetings.kinds import APPROVE, FORMS, ONE, SEVERAL, all_kinds, changed_kind, kind_on
from meetings.quorum import quorum

DAY = date(2026, 11, 21)
OPTIONS = ["yes", "no", "abstain"]
PROPOSALS = ["o1", "o2", "o3", "o4"]
ASIDE = ["abstain"]
thresholds = st.builds(Threshold, st.sampled_from(THRESHOLDS), st.integers(1, 9), st.integers(9, 20))


def counted(kind, rule, roll, *, yes=0, no=0, abstain=0):
    """What a kind's rule makes of these ballots."""
    frozen = kind_on(kind, DAY).frozen_rule(rule)
    given = {"yes": yes, "no": no, "abstain": abstain}
    return result(Rule.from_data(frozen), Tally(given, yes + no + abstain), roll, aside=ASIDE)


class TestPeoplesCommittee:
    """UBND: at least two thirds present, carried by more than half of ALL members; a tie is not more than half."""

    @pytest.mark.parametrize(("members", "needed"), [(27, 18), (25, 17), (9, 6), (1, 1)])
    def test_a_session_needs_two_thirds_of_the_members(self, members, needed):
        share = kind_on("ubnd_session", DAY).quorum_share
        assert quorum(members, needed, share).met
        assert not quorum(members, needed - 1, share).met

    @pytest.mark.parametrize(
        ("members", "present", "yes", "carried"),
        [(27, 27, 14, True), (27, 27, 13, False), (26, 26, 13, False), (26, 20, 14, True), (27, 18, 14, True)],
    )
    def test_more_than_half_of_all_members_carry(self, members, present, yes, carried):
        found = counted("ubnd_session", "ordinary", Roll(members, present), yes=yes, no=present - yes)
        assert (found.base, found.needed, found.carried) == (members, members // 2 + 1, carried)

    def test_all_who_are_there_do_not_carry_where_they_are_no_majority_of_all(self):
        assert not counted("ubnd_session", "ordinary", Roll(27, 13), yes=13).carried

    def test_the_e_cabinet_example_25_of_27_with_four_from_afar(self):
        found = counted("ubnd_session", "ordinary", Roll(27, 23, 4), yes=25, no=2)
        assert (found.carried, found.late, found.shares["yes"]) == (True, 4, "92.59")

    def test_who_presses_no_choice_and_who_presses_nothing_both_count_against(self):
        found = counted("ubnd_session", "ordinary", Roll(27, 25), yes=13, abstain=7)
        assert (found.carried, found.counts["abstain"], found.unanswered, found.absent) == (False, 7, 5, 2)


class TestPeoplesCouncil:
    """HĐND: more than half of all delegates; two thirds of all for removing a delegate; every share is of all."""

    @pytest.mark.parametrize(("yes", "carried"), [(31, True), (30, False)])
    def test_a_resolution_needs_more_than_half_of_all_delegates(self, yes, carried):
        assert counted("hdnd_session", "ordinary", Roll(60, 55), yes=yes).carried is carried

    @pytest.mark.parametrize(
        ("delegates", "yes", "carried"), [(60, 40, True), (60, 39, False), (61, 40, False), (61, 41, True)]
    )
    def test_removing_a_delegate_needs_two_thirds_of_all(self, delegates, yes, carried):
        assert counted("hdnd_session", "dismissal", Roll(delegates, delegates), yes=yes).carried is carried

    def test_the_board_shows_each_share_of_all_delegates(self):
        found = counted("hdnd_session", "ordinary", Roll(60, 55), yes=45, no=6, abstain=3)
        assert found.shares == {"yes": "75.00", "no": "10.00", "abstain": "5.00"}
        assert (found.present, found.unanswered, found.absent) == (55, 1, 5)

    def test_a_choice_of_topics_takes_those_with_a_majority_of_all(self):
        kind = kind_on("hdnd_session", DAY)
        assert kind is not None
        rule = Rule.from_data({**(kind.frozen_rule("ordinary") or {}), "min": 1, "max": 2})
        given = Tally({"o1": 41, "o2": 31, "o3": 30, "abstain": 2}, 55)
        found = result(rule, given, Roll(60, 56), aside=ASIDE)
        assert (found.chosen, found.tied, found.carried, found.needed) == (["o1", "o2"], [], True, 31)


class TestChoosing:
    @pytest.mark.parametrize(
        ("counts", "needed", "places", "chosen", "tied"),
        [
            ((7, 3), 6, 1, ["o1"], []),
            ((5, 5), 6, 1, [], []),
            ((6, 6), 6, 1, [], ["o1", "o2"]),
            ((9, 7, 7, 2), 6, 2, ["o1"], ["o2", "o3"]),
            ((9, 7, 7, 2), 6, 3, ["o1", "o2", "o3"], []),
            ((9, 5, 4), 6, 2, ["o1"], []),
            ((0, 0, 0), 0, 1, [], []),
            ((3, 3, 3), 2, 2, [], ["o1", "o2", "o3"]),
            ((4, 8), 6, 1, ["o2"], []),
        ],
    )
    def test_a_tie_at_the_last_place_is_said_and_never_broken(self, counts, needed, places, chosen, tied):
        assert outcome(dict(zip(PROPOSALS, counts, strict=False)), needed, places) == (chosen, tied)

    def test_what_stands_aside_never_carries(self):
        rule = Rule("all", Threshold("more_than"), "yes", 1)
        found = result(rule, Tally({"o1": 2, "o2": 1, "abstain": 30}, 33), Roll(60, 40), aside=ASIDE)
        assert (found.chosen, found.reached, found.carried) == ([], 2, False)

    def test_one_ballot_with_several_choices_is_one_ballot(self):
        given = tally(PROPOSALS, [("o1", "o2"), ("o1",), ("o1", "o1")])
        assert (given.counts, given.cast) == ({"o1": 3, "o2": 1, "o3": 0, "o4": 0}, 3)

    def test_nobody_there_chooses_nothing(self):
        found = result(Rule("cast", Threshold("number", 1, 1), "yes", 1), Tally({"o1": 0, "o2": 0}, 0), Roll(5, 0))
        assert (found.chosen, found.tied, found.carried) == ([], [], False)


@st.composite
def choices_of_several(draw):
    members = draw(st.integers(0, 40))
    present = draw(st.integers(0, members))
    most = draw(st.integers(1, len(PROPOSALS)))
    one = st.one_of(st.lists(st.sampled_from(PROPOSALS), min_size=1, max_size=most, unique=True), st.just(["abstain"]))
    ballots = draw(st.lists(one, max_size=present))
    return Rule(draw(st.sampled_from(BASES)), draw(thresholds), "yes", most), ballots, Roll(members, present)


def held(vote):
    rule, ballots, roll = vote
    return result(rule, tally([*PROPOSALS, "abstain"], ballots), roll, aside=ASIDE)


@given(choices_of_several())
def test_everybody_is_counted_once_however_much_they_choose(vote):
    rule, ballots, roll = vote
    found = held(vote)
    assert found.cast == len(ballots)
    assert found.cast + found.unanswered + found.absent == roll.members
    assert all(count <= found.cast for count in found.counts.values())
    assert sum(found.counts.values()) == sum(len(ballot) for ballot in ballots) <= found.cast * rule.places


@given(choices_of_several())
def test_never_more_carry_than_there_are_places_and_each_reached_what_is_needed(vote):
    rule, _, _ = vote
    found = held(vote)
    assert len(found.chosen) <= rule.places
    assert not set(found.chosen) & set(found.tied)
    assert all(found.counts[code] >= found.needed and found.counts[code] > 0 for code in found.chosen)
    assert len({found.counts[code] for code in found.tied}) <= 1
    left_out = [code for code in PROPOSALS if code not in found.chosen and code not in found.tied]
    if len(found.chosen) + len(found.tied) >= rule.places:
        floor = min([found.counts[code] for code in [*found.chosen, *found.tied]], default=0)
        assert all(found.counts[code] <= floor or found.counts[code] < found.needed for code in left_out)


@given(choices_of_several(), st.randoms())
def test_neither_the_order_of_ballots_nor_of_options_decides(vote, random):
    rule, ballots, roll = vote
    mixed, order = list(ballots), [*PROPOSALS, "abstain"]
    random.shuffle(mixed)
    random.shuffle(order)
    again = result(rule, tally(order, mixed), roll, aside=ASIDE)
    found = held(vote)
    assert (set(again.chosen), set(again.tied), again.counts) == (set(found.chosen), set(found.tied), found.counts)


@given(st.integers(0, 500), thresholds)
def test_a_larger_base_never_needs_fewer(base, threshold):
    assert threshold.needed(base + 1) >= threshold.needed(base)


@given(st.integers(1, 500), st.integers(1, 19), st.integers(1, 19))
def test_a_higher_share_never_needs_fewer(base, lower, more):
    low, high = Threshold("at_least", lower, 40), Threshold("at_least", lower + more, 40)
    assert high.needed(base) >= low.needed(base)
    assert Threshold("more_than", lower, 40).needed(base) >= low.needed(base)


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60), thresholds)
def test_the_base_cast_is_never_larger_than_present_nor_that_than_all(cast, more, absent, threshold):
    roll = Roll(cast + more + absent, cast + more)
    bases = [result(Rule(base, threshold, "yes"), Tally({"yes": cast}, cast), roll).base for base in BASES]
    assert bases == sorted(bases, reverse=True) == [roll.members, roll.there, cast]


def test_every_rule_says_who_votes_and_what_it_serves():
    for kind in all_kinds():
        assert {"ordinary"} <= {rule.code for rule in kind.rules}
        for rule in kind.rules:
            assert rule.data["who"] in ("voters", "members")
            assert isinstance(rule.data["change"], bool)
            assert set(rule.forms) <= set(FORMS)
            assert rule.seconds is None or rule.seconds > 0


def test_written_options_come_with_what_stands_aside_of_them():
    kind = kind_on("hdnd_session", DAY)
    assert [option["code"] for option in kind.options_for(APPROVE)] == OPTIONS
    made = kind.options_for(ONE, ("Phương án 1", "Phương án 2"))
    assert [(option["code"], option.get("aside", False)) for option in made] == [
        ("o1", False),
        ("o2", False),
        ("abstain", True),
    ]
    other = kind_on("department_meeting", DAY).options_for(SEVERAL, ("A", "B"))[-1]
    assert (other["code"], other["remark"], other["aside"]) == ("other", True, True)


def test_a_rule_has_dates_and_a_basis_of_its_own_where_it_says_so():
    rules = [
        {"code": "ordinary", "name": {"vi": "Cũ"}, "effective_to": "2026-12-01", "basis": "Quy chế cũ"},
        {"code": "ordinary", "name": {"vi": "Mới"}, "effective_from": "2026-12-01", "quorum": {"share": [3, 4]}},
    ]
    usual = {"base": "all", "threshold": {"kind": "more_than", "share": [1, 2]}, "carrying": "yes", "board": "after"}
    rules = [{**usual, "certainty": "agency", **rule} for rule in rules]

    def on(day):
        return changed_kind("ubnd_session", day, code="own", label="", changes={"rules": rules, "basis": "Quy chế"})

    before, after = on(date(2026, 11, 30)).frozen_rule("ordinary"), on(date(2026, 12, 1)).frozen_rule("ordinary")
    assert (before["name"], before["basis"], "quorum" in before) == ("Cũ", "Quy chế cũ", False)
    assert (after["name"], after["basis"], after["quorum"]) == ("Mới", "Quy chế", {"share": [3, 4]})
