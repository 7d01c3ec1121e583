"""Two people at one record at the same time: on PostgreSQL they wait for each other, and exactly one has done it."""

import pytest
from django.db import connection

from ledger.verdict import Refused
from meetings import drafting
from meetings.actions import conclusions, exports
from meetings.actions import minutes as acts
from meetings.minutes.body import find
from meetings.models import Minutes, RecordExport
from tests.meetings.factories import now
from tests.meetings.test_outcome import held
from tests.people.test_races import at_once

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]


def refusals(*acts_at_once):
    """Return the codes of those that came second."""
    return [found.code for found in at_once(*acts_at_once) if isinstance(found, Refused)]


def test_two_hands_on_one_block():
    made = held()
    minutes = drafting.draft_minutes(made.meeting, by=made.secretary, at=now())
    writers = [
        lambda user=user: acts.edit(minutes, block="course.free", text=user.full_name, revision=1, by=user, at=now())
        for user in (made.secretary, made.clerk)
    ]
    assert refusals(*writers) == ["changed_meanwhile"]
    assert find(Minutes.objects.get().body, "course.free")["revision"] == 2


def test_writing_and_approving():
    made = held()
    minutes = drafting.draft_minutes(made.meeting, by=made.secretary, at=now())
    late = lambda: acts.edit(minutes, block="course.free", text="Muộn", revision=1, by=made.secretary, at=now())  # noqa: E731
    approve = lambda: drafting.approve_minutes(minutes, revision=minutes.revision, by=made.chair, at=now())  # noqa: E731
    assert len(refusals(late, approve)) == 1
    state, body = Minutes.objects.values_list("state", "body").get()
    assert (state == "approved") == (find(body, "course.free")["text"] == "")


def test_one_package_at_a_time_and_one_undo():
    made = held()
    ask = lambda: exports.ask(made.meeting, by=made.secretary, at=now())  # noqa: E731
    assert refusals(ask, ask) == ["export_running"]
    assert RecordExport.objects.count() == 1
    line = made.meeting.conclusions.get()
    conclusions.remove(line, by=made.chair, at=now())
    undo = lambda: conclusions.put_back(made.meeting, removed=line.public_id, by=made.chair, at=now())  # noqa: E731
    assert refusals(undo, undo) == ["conclusion_back"]
