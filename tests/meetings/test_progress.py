"""How far a running meeting is: one arithmetic in Python and in the browser, proved by the same cases."""

import json
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.actions import room
from meetings.models import Meeting
from meetings.outline import settled
from meetings.pages import meeting_page
from meetings.progress import progress
from tests.meetings.factories import now, world

HERE = Path(__file__).parent
CASES = json.loads((HERE / "fixtures/progress.json").read_text(encoding="utf-8"))
ROWS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 60)), min_size=1, max_size=12)


@pytest.mark.parametrize("case", CASES)
def test_the_cases(case):
    found = progress(case["depths"], case["minutes"], case["current"], case["spent"])
    assert (found.planned, found.left, found.over) == (case["planned"], case["left"], case["over"])


def test_the_browser_counts_the_same():
    run = subprocess.run(["node", "--test", str(HERE / "js/progress.test.mjs")], capture_output=True, text=True)
    assert run.returncode == 0, run.stdout[-3000:] + run.stderr[-1000:]


@given(ROWS, st.integers(0, 500), st.data())
def test_what_is_left_never_grows_and_never_falls_below_nothing(rows, spent, data):
    depths, minutes = settled([depth for depth, _ in rows]), [taken for _, taken in rows]
    current = data.draw(st.integers(-1, len(rows) - 1))
    here = progress(depths, minutes, current, spent)
    assert 0 <= here.left <= here.planned
    assert progress(depths, minutes, current, spent + 1).left <= here.left
    if current + 1 < len(rows):
        assert progress(depths, minutes, current + 1, 0).left <= here.left


@pytest.mark.django_db
def test_the_page_tells_how_far_an_open_meeting_is(client):
    made = world("open", items=3)
    room.move_to(made.items[1], by=made.chair, at=now())
    start = now() - timedelta(minutes=50)
    Meeting.objects.update(
        item_since=now() - timedelta(minutes=20), starts_at=start, ends_at=now() + timedelta(minutes=10)
    )
    found = meeting_page(made.chair, made.reread())["running"]
    assert (found.number, found.count, found.plan.left, found.plan.over) == (2, 3, 15, 5)
    assert found.clock in (9, 10)
    assert found.late >= 5
    client.force_login(made.members[0])
    assert "2" in client.get(f"/meetings/{made.meeting.public_id}/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["draft", "published", "closed"])
def test_nothing_is_told_of_a_meeting_that_does_not_run(state):
    made = world(state)
    assert meeting_page(made.clerk, made.meeting)["running"] is None
