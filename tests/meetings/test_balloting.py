"""Judging ballots, pure: what counts, what counted before, what comes too late, whatever order they arrive in."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from meetings.balloting import AGAIN, COUNTS, Given, Place, Question, judged

AT = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
PLACE = Place(1, uuid4(), on_time=True, present=True)
OPEN = Question("", None, change=False)

ballots = st.builds(
    Given,
    st.sampled_from([("yes",), ("no",), ("a", "b")]),
    st.sampled_from(["", "Lời"]),
    st.integers(1, 9),
    st.booleans(),
)
questions = st.builds(
    Question,
    st.sampled_from(["", "vote_closed", "vote_not_open"]),
    st.none() | st.just(AT),
    st.booleans(),
)
places = st.builds(Place, st.just(1), st.uuids(), st.booleans(), st.booleans())
moments = st.integers(-2, 2).map(lambda seconds: AT + timedelta(seconds=seconds))


@given(questions, places, ballots, moments)
def test_what_was_counted_counts_again_whatever_has_happened_since(question, place, ballot, at):
    assert judged(question, place, ballot, Given(ballot.codes, ballot.remark), at) == AGAIN


@given(questions, st.none() | places, st.none() | ballots, ballots, moments)
def test_a_ballot_counts_only_from_who_is_there_while_ballots_are_taken(question, place, before, wanted, at):
    if judged(question, place, before, wanted, at) == COUNTS:
        assert place is not None
        assert place.present
        assert not question.refuses
        assert question.closes_at is None or at <= question.closes_at
        assert before is None or (question.change and not before.by_hand)


@given(questions, ballots, ballots, moments)
def test_nobody_without_a_place_counts(question, before, wanted, at):
    assert judged(question, None, before, wanted, at) == "not_on_roll"


def test_the_server_s_receipt_decides_whether_it_was_in_time():
    question = Question("", AT, change=False)
    wanted = Given(("yes",), "")
    assert judged(question, PLACE, None, wanted, AT) == COUNTS
    assert judged(question, PLACE, None, wanted, AT + timedelta(microseconds=1)) == "not_in_time"


def test_an_entry_by_name_is_not_changed_from_a_device():
    by_hand = Given(("yes",), "", by_hand=True)
    assert judged(Question("", None, change=True), PLACE, by_hand, Given(("no",), ""), AT) == "already_voted"


def test_without_leave_to_change_the_first_choice_stays():
    assert judged(OPEN, PLACE, Given(("yes",), ""), Given(("no",), ""), AT) == "already_voted"
    assert judged(OPEN, PLACE, Given(("yes",), ""), Given(("yes",), "Thêm lời"), AT) == "already_voted"


@given(st.lists(st.tuples(st.sampled_from(["yes", "no"]), moments), max_size=8), st.booleans())
def test_whatever_arrives_one_person_has_one_ballot_the_last_one_that_counted(arriving, change):
    question, held, counted = Question("", AT, change), None, []
    for choice, at in arriving:
        wanted = Given((choice,), "", held.revision + 1 if held else 1)
        if judged(question, PLACE, held, wanted, at) == COUNTS:
            held = wanted
            counted.append(choice)
    assert (held.codes[0] if held else None) == (counted[-1] if counted else None)
    assert (held.revision if held else 0) == len(counted)
    assert change or len(counted) <= 1
