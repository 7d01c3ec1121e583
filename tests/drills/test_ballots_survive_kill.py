"""200 members vote while the server is killed at random: each acknowledged ballot counts once, none is invented."""

from pathlib import Path

import pytest

from tests.drills import voters
from tests.servers.postgres import postgres_programs, postgres_server

MEMBERS, KILLS, SEED = 200, 3, 20261122


def test_on_sqlite(tmp_path: Path) -> None:
    voters.run(tmp_path / "data", members=MEMBERS, kills=KILLS, seed=SEED)


@pytest.mark.skipif(postgres_programs() is None, reason="PostgreSQL is not installed")
def test_on_postgresql(tmp_path: Path) -> None:
    with postgres_server(()) as server:
        voters.run(tmp_path / "data", members=MEMBERS, kills=KILLS, seed=SEED + 1, DATABASE_URL=server.url())
