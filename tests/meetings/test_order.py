"""The chair's order of business: the browser's steps, and an opening taken back."""

import subprocess
from pathlib import Path

import pytest

from ledger.verdict import Refused
from meetings.actions import conclusions, opening, room
from tests.meetings.factories import check_in, now, running_vote, world
from tests.meetings.test_sync import proved

pytestmark = pytest.mark.django_db
HERE = Path(__file__).parent


def test_the_browser_knows_the_next_step():
    run = subprocess.run(["node", "--test", str(HERE / "js/order.test.mjs")], capture_output=True, text=True)
    assert run.returncode == 0, run.stdout[-3000:] + run.stderr[-1000:]


def test_an_opening_is_taken_back_and_told_completely():
    made = world("open")
    check_in(made)
    proved(made, lambda: opening.take_back_opening(made.meeting, by=made.chair, at=now()))
    meeting = made.reread()
    assert (meeting.state, meeting.opened_at, meeting.current_item_id) == ("published", None, None)
    proved(made, lambda: room.open_room(meeting, by=made.secretary, at=now()))
    assert made.reread().current_item_id == made.items[0].pk


def put_a_question(made):
    check_in(made)
    running_vote(made)


@pytest.mark.parametrize(
    "follow",
    [
        put_a_question,
        lambda made: room.move_to(made.items[1], by=made.chair, at=now()),
        lambda made: conclusions.conclude(made.meeting, text="Thống nhất.", by=made.chair, at=now()),
    ],
)
def test_what_followed_keeps_the_meeting_open(follow):
    made = world("open")
    follow(made)
    with pytest.raises(Refused, match="already_begun"):
        opening.take_back_opening(made.reread(), by=made.chair, at=now())
    assert made.reread().state == "open"
