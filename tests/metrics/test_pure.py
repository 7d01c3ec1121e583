"""Shares, the chart, the catalogue, cells of an export."""

from datetime import date
from decimal import Decimal
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from metrics.catalogue import all_versions, in_force
from metrics.chart import Bar, bars, scaled
from metrics.ratio import percent
from ui.sheets import defused


@given(st.integers(0, 10**9), st.integers(1, 10**9))
def test_a_share_is_within_half_a_hundredth(numerator: int, denominator: int) -> None:
    value = percent(numerator, denominator)
    assert value is not None
    assert abs(value - Decimal(numerator) * 100 / denominator) <= Decimal("0.005")


def test_the_quotient_the_article_misprints() -> None:
    assert percent(9474, 28545) == Decimal("33.19")
    assert percent(0, 0) is None


@given(st.lists(st.tuples(st.text(max_size=8), st.none() | st.decimals(-50, 200, places=2)), max_size=12))
def test_the_chart_is_always_well_formed(rows: list[tuple[str, Decimal | None]]) -> None:
    clean = [Bar("".join(char for char in label if char.isprintable()), value, str(value)) for label, value in rows]
    ET.fromstring(bars("Tỷ lệ <văn bản>", clean))


@given(st.decimals(-1000, 1000, places=2))
def test_no_bar_leaves_the_chart(value: Decimal) -> None:
    assert 0 <= scaled(value, 84) <= 84


def test_every_indicator_names_its_basis_and_both_languages() -> None:
    for indicator in all_versions():
        assert indicator.basis
        assert set(indicator.name) == set(indicator.exclusions) == {"vi", "en"}
        assert indicator.numerator.fact == indicator.denominator.fact


def test_nothing_is_in_force_before_its_date() -> None:
    assert in_force(date(2019, 1, 1)) == []
    assert {indicator.code for indicator in in_force(date(2026, 11, 21))} == {
        "DOC-ELECTRONIC",
        "DOC-SIGNED",
        "MEETING-PAPERLESS",
    }


def test_cells_never_become_formulas() -> None:
    assert defused("=1+1") == "'=1+1"
    assert defused("Tỷ lệ") == "Tỷ lệ"
    assert defused(3) == 3
