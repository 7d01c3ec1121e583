"""Tests once more on the run's PostgreSQL server: `test_x = on_postgres("meetings", ["test_locks", …])`."""

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.servers.postgres import postgres_programs
from tests.servers.run import TEMPLATE, postgres_of_the_run

ROOT = Path(__file__).resolve().parents[1]


def on_postgres(package: str, files: Sequence[str]) -> Callable[[], None]:
    """Return a test that runs these files of a package on PostgreSQL; skipped where there is none, and in that run."""

    def test() -> None:
        paths = [f"tests/{package}/{name}.py" for name in files]
        database = {"TEST_DATABASE_URL": postgres_of_the_run().url(package), "TEST_DATABASE_TEMPLATE": TEMPLATE}
        run = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *paths],
            env={**os.environ, **database},
            cwd=ROOT,
            capture_output=True,
            text=True,
        )
        assert run.returncode == 0, run.stdout[-6000:] + run.stderr[-2000:]

    missing = pytest.mark.skipif(postgres_programs() is None, reason="PostgreSQL is not installed")
    inside = pytest.mark.skipif("TEST_DATABASE_URL" in os.environ, reason="this is the run on PostgreSQL")
    marked: Callable[[], None] = pytest.mark.postgres(missing(inside(test)))
    return marked
