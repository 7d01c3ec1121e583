"""Fixtures every package's tests may use."""

import pytest


@pytest.fixture(scope="session", autouse=True)
def _flushable() -> None:
    from tests.flushing import allow_flush

    allow_flush()
