"""Every screen that docs/tender.md names is an address of the server, and every test it names exists."""

import re
from pathlib import Path

import pytest
from django.urls import resolve

ROOT = Path(__file__).resolve().parents[1]
TEXT = (ROOT / "docs/tender.md").read_text(encoding="utf-8")
ADDRESSES = sorted(set(re.findall(r"`(/[a-z0-9_/.<>?=-]+)`", TEXT)))
TESTS = sorted(set(re.findall(r"tests/[a-z_/]+(?:\.py)?", TEXT)))
SOME_ID = "00000000-0000-4000-8000-000000000000"


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_address_is_answered(address: str) -> None:
    resolve(address.partition("?")[0].replace("<id>", SOME_ID))


@pytest.mark.parametrize("path", TESTS)
def test_the_test_exists(path: str) -> None:
    assert (ROOT / path).exists()


def test_every_function_asked_for_now_is_ticked() -> None:
    rows = [line.split(" | ") for line in TEXT.splitlines() if line.startswith("| ") and line[2].isdigit()]
    ticked = {number for row in rows if row[2] == "✔" for number in numbers(row[0])}
    asked = {*range(1, 11), *range(14, 29), 36, 37, 49, 50, 51}
    assert not asked - ticked


def numbers(cell: str) -> range:
    first, _, last = cell.strip("| ").split(" ")[0].partition("–")
    return range(int(first), int(last or first) + 1)
