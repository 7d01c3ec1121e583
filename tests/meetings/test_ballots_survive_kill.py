"""The drill in small: 30 members vote while the server is killed; what was acknowledged is counted once."""

from pathlib import Path

import pytest

from tests.drills import voters

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("browser")]


def test_ballots_survive_kills(tmp_path: Path) -> None:
    voters.run(tmp_path / "data", members=30, kills=1, seed=7)
