"""A meeting that screens are put up for."""

import pytest

from tests.meetings.factories import world


@pytest.fixture
def made():
    return world("published")
