"""The demo's meetings: built once through the actions, opened by the people of the demo."""

import pytest
from django.utils import timezone

from meetings import demo
from meetings.inbox import units_waiting
from meetings.models import Meeting, Outcome
from meetings.queries.calendar import upcoming_meetings
from meetings.queries.room import quorum_of
from people import demo as people_demo

pytestmark = pytest.mark.django_db


def test_the_meetings_are_built_once(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    people_demo.build(timezone.now())
    demo.build(timezone.now())
    built = Meeting.objects.count()
    demo.build(timezone.now())
    assert Meeting.objects.count() == built
    today = Meeting.objects.get(title__contains="quy hoạch và đất đai")
    assert quorum_of(today).present == demo.ALREADY_SEATED
    recent = Meeting.objects.get(title__contains="giải ngân đầu tư công")
    over = Meeting.objects.get(state="closed", outcome__notice__isnull=False)
    assert recent.minutes_text.state == "commenting"
    assert recent.minutes_text.comments.filter(settled_at__isnull=True).count() == 1
    assert over.minutes_text.state == "approved"
    assert [vote.result["carried"] for vote in over.votes.filter(state="declared")] == [True, True]
    held = {(vote.state, vote.manner) for vote in recent.votes.all()}
    assert held == {("annulled", "room"), ("declared", "room"), ("declared", "outside")}
    assert set(today.votes.values_list("form", flat=True)) == {"approve", "one", "several"}
    assert over.conclusions.count() == 3
    outcome = Outcome.objects.get(meeting=over)
    assert outcome.minutes
    assert outcome.notice
    assert today in upcoming_meetings(people_demo.holder("guest"), timezone.now())
    depths = list(today.items.values_list("depth", flat=True))
    assert depths[-2:] == [1, 1]
    draft = Meeting.objects.get(items__hidden=True)
    assert draft.state == "draft"
    series = Meeting.objects.filter(series__isnull=False)
    assert {(one.state, one.kind_row.label) for one in series} == {("draft", "Họp giao ban tuần")}
    assert len({one.starts_at for one in series}) == 3
    assert not upcoming_meetings(people_demo.holder("stranger"), timezone.now()).exists()
    for clerk in people_demo.holders("receiving-clerk"):
        assert list(units_waiting(clerk)), "a newcomer tries naming people with either of the receiving clerks"
