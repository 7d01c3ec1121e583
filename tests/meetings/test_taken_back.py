"""What is no longer true is taken off the lists: a meeting that was called off, a paper that was withdrawn."""

import pytest

from meetings.actions import meetings as acts
from meetings.actions import nudges, papers
from notices.models import Delivery, Notice
from tests.meetings.factories import now
from tests.meetings.test_materials import Case

pytestmark = pytest.mark.django_db


def standing(*kinds):
    rows = Notice.objects.filter(taken_back_at__isnull=True)
    return rows.filter(kind__in=kinds) if kinds else rows


def test_a_meeting_called_off_leaves_only_that_news():
    made = Case("submitted", "published").made
    assert standing("meetings.invited").exists()
    assert standing("meetings.duty_given").exists()
    acts.cancel(made.meeting, reason="Trùng lịch công tác", by=made.clerk, at=now())
    assert set(standing().values_list("kind", flat=True)) == {"meetings.called_off"}
    gone = Delivery.objects.filter(notice__taken_back_at__isnull=False)
    assert not gone.filter(state=Delivery.State.QUEUED).exists()


def test_a_paper_withdrawn_takes_its_news_along():
    case = Case("laid", "published")
    nudges.nudge(case.paper, by=case.made.secretary, at=now())
    kinds = ["meetings.paper_added", "meetings.read_papers"]
    assert standing(*kinds).values("kind").distinct().count() == 2
    papers.withdraw(case.paper, reason="Đơn vị xin rút", by=case.made.clerk, at=now())
    assert not standing(*kinds).exists()
    assert standing("meetings.invited").exists()
