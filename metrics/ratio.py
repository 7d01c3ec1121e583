"""A share of a whole, as exports and screens show it. Pure."""

from decimal import ROUND_HALF_UP, Decimal


def percent(numerator: int, denominator: int) -> Decimal | None:
    """Return numerator / denominator in percent, two places, half up; None when there is nothing to divide by."""
    if denominator == 0:
        return None
    return (Decimal(numerator) * 100 / Decimal(denominator)).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
