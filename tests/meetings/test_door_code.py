"""The rotating code of a door: good now and one step longer, then old; nobody else's opens anything."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from meetings.door_code import GOOD, KEPT_STEPS, OLD, STEP, WRONG, code_at, read, seconds_left, secret_of, step_at

MOMENTS = st.integers(1_577_836_800, 4_070_908_800).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
SITES = ["", str(uuid4()), str(uuid4())]
SECRET = secret_of("key", "meeting")


@given(MOMENTS, st.sampled_from(SITES), st.floats(0, STEP * (KEPT_STEPS + 1) - 1e-3))
def test_a_code_is_good_while_it_is_shown_and_for_the_step_after(at, site, later):
    start = datetime.fromtimestamp(step_at(at) * STEP, UTC)
    found = read(SECRET, SITES, code_at(SECRET, site, at), start + timedelta(seconds=later))
    assert (found.state, found.site) == (GOOD, site)


@given(MOMENTS, st.sampled_from(SITES), st.integers(KEPT_STEPS + 1, 10**6))
def test_then_it_is_old_and_says_so(at, site, steps):
    late = at + timedelta(seconds=STEP * steps)
    assert read(SECRET, SITES, code_at(SECRET, site, at), late).state == OLD


@given(MOMENTS, st.sampled_from(SITES))
def test_a_code_of_another_meeting_or_a_removed_site_opens_nothing(at, site):
    other = secret_of("key", "another")
    assert read(SECRET, SITES, code_at(other, site, at), at).state == WRONG
    assert read(SECRET, [one for one in SITES if one != site], code_at(SECRET, site, at), at).state == WRONG
    assert secret_of("other key", "meeting") != SECRET


@given(MOMENTS, st.text(max_size=40))
def test_whatever_somebody_types_is_answered(at, text):
    assert read(SECRET, SITES, text, at).state == WRONG


@given(MOMENTS, st.sampled_from(SITES), st.integers(0, 40), st.sampled_from("0123456789abcdefghijklmnopqrstuvwxyz"))
def test_one_changed_letter_spoils_a_code(at, site, place, letter):
    code = code_at(SECRET, site, at)
    place %= len(code)
    changed = code[:place] + letter + code[place + 1 :]
    assert changed == code or read(SECRET, SITES, changed, at).state == WRONG


@given(MOMENTS)
def test_a_code_from_the_future_is_not_good_yet(at):
    assert read(SECRET, SITES, code_at(SECRET, "", at + timedelta(seconds=STEP)), at).state == OLD
    assert 1 <= seconds_left(at) <= STEP
