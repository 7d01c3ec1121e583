"""Bookings, and seats that two people want, once more on PostgreSQL."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.servers.postgres import postgres_programs, postgres_server

ROOT = Path(__file__).resolve().parents[2]
FILES = ["rooms/test_bookings", "meetings/test_seating"]


@pytest.mark.postgres
@pytest.mark.skipif(postgres_programs() is None, reason="PostgreSQL is not installed")
@pytest.mark.skipif("TEST_DATABASE_URL" in os.environ, reason="this is the run on PostgreSQL")
def test_rooms_on_postgresql() -> None:
    files = [f"tests/{name}.py" for name in FILES]
    with postgres_server() as server:
        run = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *files],
            env={**os.environ, "TEST_DATABASE_URL": server.url()},
            cwd=ROOT,
            capture_output=True,
            text=True,
        )
    assert run.returncode == 0, run.stdout[-6000:] + run.stderr[-2000:]
