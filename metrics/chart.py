"""A small bar chart of shares as SVG text: prints, reads aloud, needs no JavaScript. Pure."""

from dataclasses import dataclass
from decimal import Decimal
from html import escape

WIDTH, HEIGHT, TOP, BOTTOM = 320, 120, 18, 18
NOTHING = "–"


@dataclass(frozen=True)
class Bar:
    """One bar: its label, its share in percent (None: nothing to measure), and that share as it is written."""

    label: str
    value: Decimal | None
    text: str = NOTHING


def scaled(value: Decimal, height: int) -> float:
    """Return the bar's height in pixels for a share of 0–100 %."""
    return float(min(max(value, Decimal(0)), Decimal(100)) * height / 100)


def bars(title: str, rows: list[Bar]) -> str:
    """Return an `<svg>` with one bar per row; its accessible name says the title and every value."""
    step = WIDTH / max(len(rows), 1)
    drawn = "".join(_bar(row, place * step, step) for place, row in enumerate(rows))
    floor = HEIGHT - BOTTOM
    name = escape(f"{title}. {'; '.join(f'{row.label}: {row.text}' for row in rows)}")
    return (
        f'<svg class="chart" role="img" viewBox="0 0 {WIDTH} {HEIGHT}" aria-label="{name}">'
        f'<line class="chart-axis" x1="0" y1="{floor}" x2="{WIDTH}" y2="{floor}"/>{drawn}</svg>'
    )


def _bar(row: Bar, left: float, step: float) -> str:
    middle, floor = left + step / 2, HEIGHT - BOTTOM
    label = f'<text class="chart-label" x="{middle:.1f}" y="{HEIGHT - 5}">{escape(row.label)}</text>'
    if row.value is None:
        return label + f'<text class="chart-label" x="{middle:.1f}" y="{floor - 4}">{escape(row.text)}</text>'
    height = scaled(row.value, floor - TOP)
    shape = (
        f'<rect class="chart-bar" x="{left + step * 0.2:.1f}" y="{floor - height:.1f}" '
        f'width="{step * 0.6:.1f}" height="{height:.1f}" rx="2"/>'
    )
    text = f'<text class="chart-value" x="{middle:.1f}" y="{floor - height - 4:.1f}">{escape(row.text)}</text>'
    return shape + text + label
