"""Sizes of files in words; pure."""

from django.utils import formats

UNITS = ("B", "KB", "MB", "GB", "TB")


def scaled(size: int) -> tuple[float, str]:
    """A number of bytes as a figure below 1024 and its unit."""
    amount, unit = float(max(size, 0)), 0
    while round(amount, 1) >= 1024 and unit < len(UNITS) - 1:
        amount, unit = amount / 1024, unit + 1
    return amount, UNITS[unit]


def spoken(size: int) -> str:
    """1536 → "1,5 KB" in Vietnamese."""
    amount, unit = scaled(size)
    digits = 0 if unit == "B" or amount >= 100 else 1
    return f"{formats.number_format(round(amount, digits), digits)} {unit}"
