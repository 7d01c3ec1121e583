"""The meeting that tablets are handed out for."""

import pytest

from tests.meetings.factories import world


@pytest.fixture
def made():
    return world("published")
