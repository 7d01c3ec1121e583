"""From what people do to the figure, and from the figure back to what they did."""

from datetime import UTC, datetime

import pytest

from documents.actions import exchange
from ledger.rebuild import compare
from metrics.figures import facts_of, figures
from metrics.periods import Period, parse_period
from metrics.queries import evidence
from people.models import Agency, User
from people.queries import today
from tests.documents.factories import Office
from tests.meetings.factories import World, world
from tests.people.factories import fresh

pytestmark = pytest.mark.django_db
NOVEMBER = parse_period("2026-11")


def ratios(agency: Agency, period: Period) -> dict[str, tuple[int, int]]:
    return {one.indicator.code: (one.numerator, one.denominator) for one in figures(agency, period)}


def opened(user: User, agency: Agency, code: str, period: Period) -> list[tuple[str, str]]:
    """What the figure opens down to for this person."""
    figure = next(one for one in figures(agency, period) if one.indicator.code == code)
    found = evidence(fresh(user), list(facts_of(figure, agency, side="denominator")))
    return [(row.title, row.url) for row in found]


@pytest.fixture
def office() -> Office:
    return Office()


def test_an_issued_document_counts_and_opens(office):
    row = office.issued()
    office.sealed()
    assert ratios(office.agency, NOVEMBER) == {
        "DOC-ELECTRONIC": (1, 1),
        "DOC-SIGNED": (1, 1),
        "MEETING-PAPERLESS": (0, 0),
    }
    assert ratios(office.recipient, NOVEMBER)["DOC-ELECTRONIC"] == (0, 0)
    [(title, url)] = opened(office.clerk, office.agency, "DOC-SIGNED", NOVEMBER)
    assert title.startswith("01/TB-UBND ")
    assert url == f"/outgoing/{row.public_id}/"


def test_whoever_may_not_open_it_sees_that_it_counts_but_not_what_it_is(office):
    office.issued()
    assert opened(office.receiving_clerk, office.agency, "DOC-SIGNED", NOVEMBER) == [("", "")]


def test_the_legal_day_decides_not_the_utc_one(office):
    """18:30 UTC on 31 October is 01:30 on 1 November in Việt Nam."""
    exchange.issue(office.sealed(), by=office.clerk, at=datetime(2026, 10, 31, 18, 30, tzinfo=UTC))
    assert ratios(office.agency, NOVEMBER)["DOC-ELECTRONIC"] == (1, 1)


def test_a_meeting_held_with_all_papers_here_is_paperless():
    made, period = world("closed"), parse_period(f"{today():%Y-%m}")
    assert ratios(made.agency, period)["MEETING-PAPERLESS"] == (1, 1)
    expected = [(made.meeting.title, f"/meetings/{made.meeting.public_id}/")]
    assert opened(made.chair, made.agency, "MEETING-PAPERLESS", period) == expected
    assert opened(made.stranger, made.agency, "MEETING-PAPERLESS", period) == [("", "")]


def test_without_papers_it_is_held_but_not_paperless():
    made: World = world("closed", with_papers=False)
    assert ratios(made.agency, parse_period(f"{today():%Y-%m}"))["MEETING-PAPERLESS"] == (0, 1)


@pytest.mark.parametrize("state", ["draft", "published", "open", "cancelled"])
def test_a_meeting_that_was_not_held_does_not_count(state):
    made = world(state)
    assert ratios(made.agency, parse_period(f"{today():%Y-%m}"))["MEETING-PAPERLESS"] == (0, 0)


def test_rebuilt_facts_are_the_stored_ones(office):
    office.issued()
    world("closed")
    assert not compare()
