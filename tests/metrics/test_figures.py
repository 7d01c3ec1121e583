"""What is counted, what is not, and that a figure opens down to exactly what it counts."""

from datetime import date

import pytest

from metrics.figures import Figure, facts_of, figures, figures_over
from metrics.periods import Calendar, Period, back, parse_period
from people.models import Agency
from tests.metrics.numbers import fact, held, issued
from tests.people.factories import AgencyFactory

pytestmark = pytest.mark.django_db
NOVEMBER = parse_period("2026-11")


@pytest.fixture
def agency() -> Agency:
    return AgencyFactory()


def figure(agency: Agency, code: str, period: Period = NOVEMBER) -> Figure:
    return next(one for one in figures(agency, period) if one.indicator.code == code)


def ratio(agency: Agency, code: str, period: Period = NOVEMBER) -> tuple[int, int]:
    found = figure(agency, code, period)
    return found.numerator, found.denominator


def test_a_signature_that_does_not_verify_is_none(agency):
    issued(agency, date(2026, 11, 3))
    issued(agency, date(2026, 11, 3), signatures_valid=False)
    issued(agency, date(2026, 11, 3), person_signed=False)
    assert ratio(agency, "DOC-SIGNED") == (1, 3)
    assert ratio(agency, "DOC-ELECTRONIC") == (3, 3)
    assert str(figure(agency, "DOC-SIGNED").value) == "33.33"


def test_only_the_agency_and_the_days_of_the_period(agency):
    for day in (date(2026, 10, 31), date(2026, 11, 1), date(2026, 11, 30), date(2026, 12, 1)):
        held(agency, day)
    held(AgencyFactory(), date(2026, 11, 15))
    assert ratio(agency, "MEETING-PAPERLESS") == (2, 2)
    report = parse_period("2026-11", Calendar.REPORT)
    assert ratio(agency, "MEETING-PAPERLESS", report) == (2, 2)
    assert ratio(agency, "MEETING-PAPERLESS", parse_period("2026-Q4")) == (4, 4)
    assert ratio(agency, "MEETING-PAPERLESS", parse_period("2026-Q4", Calendar.REPORT)) == (4, 4)
    assert ratio(agency, "MEETING-PAPERLESS", parse_period("2026-12", Calendar.REPORT)) == (2, 2)


def test_nothing_to_measure_is_not_zero_percent(agency):
    assert {one.value for one in figures(agency, NOVEMBER)} == {None}


def test_a_recalled_document_counts_until_the_period_of_its_recall(agency):
    """The future state: a rule gives `document.recalled`, the definition leaves such documents out."""
    kept, gone = issued(agency, date(2026, 10, 5)), issued(agency, date(2026, 10, 6))
    fact(agency, "document.recalled", date(2026, 11, 2), about=gone.object_id)
    october, quarter = parse_period("2026-10"), parse_period("2026-Q4")
    assert ratio(agency, "DOC-ELECTRONIC", october) == (2, 2)
    assert ratio(agency, "DOC-ELECTRONIC", quarter) == (1, 1)
    counted = facts_of(figure(agency, "DOC-ELECTRONIC", quarter), agency, side="denominator")
    assert [one.object_id for one in counted] == [kept.object_id]


def test_the_lists_are_what_the_figure_says(agency):
    issued(agency, date(2026, 11, 3))
    issued(agency, date(2026, 11, 4), person_signed=False)
    held(agency, date(2026, 11, 5), paperless=False)
    for one in figures(agency, NOVEMBER):
        sides = {side: set(facts_of(one, agency, side=side)) for side in ("numerator", "denominator", "missing")}
        assert (len(sides["numerator"]), len(sides["denominator"])) == (one.numerator, one.denominator)
        assert sides["missing"] == sides["denominator"] - sides["numerator"]
        assert len(sides["missing"]) == one.missing


@pytest.mark.parametrize("value", [True, False, None, 1, "có", [True], 0.5])
def test_attributes_of_any_kind_count_alike_in_the_figure_and_in_its_list(agency, value):
    issued(agency, date(2026, 11, 3), person_signed=value)
    fact(agency, "document.issued", date(2026, 11, 4), electronic=True)
    for one in figures(agency, NOVEMBER):
        assert facts_of(one, agency, side="numerator").count() == one.numerator
        assert facts_of(one, agency, side="denominator").count() == one.denominator
    assert ratio(agency, "DOC-SIGNED") == (int(value is True), 2)


def test_several_periods_in_one_query(agency, django_assert_num_queries):
    issued(agency, date(2026, 9, 1))
    issued(agency, date(2026, 11, 1))
    with django_assert_num_queries(1):
        found = figures_over(agency, back(NOVEMBER, 3))
    assert [[one.denominator for one in month if one.indicator.code == "DOC-SIGNED"] for month in found] == [
        [1],
        [0],
        [1],
    ]


def test_before_any_definition_there_are_no_figures(agency):
    assert figures(agency, parse_period("2019-05")) == []
