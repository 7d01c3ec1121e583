"""Tests once more on the run's PostgreSQL server: `test_x = on_postgres("meetings", ["test_a", "test_b::test_c"])`.

What belongs there, because PostgreSQL may answer otherwise than SQLite: races and locks, named constraints, SQL of our
own (search, upserts, guards, aggregates, orders of names), and one walk through the streams of each package. What
rules, pages, forms and roles decide is the same code over the same ORM: it is not repeated. Of a file where only some
tests are of that sort name those tests; what a list costs in queries is counted once, on SQLite.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.servers.postgres import postgres_programs
from tests.servers.run import TEMPLATE, postgres_of_the_run

ROOT = Path(__file__).resolve().parents[1]


ONCE = "not cost_the_same and not costs_the_same"


def place(package: str, name: str) -> str:
    """Return what pytest calls a file, or one test of it."""
    file, _, test = name.partition("::")
    return f"tests/{package}/{file}.py" + (f"::{test}" if test else "")


def on_postgres(package: str, files: Sequence[str]) -> Callable[[], None]:
    """Return a test that runs these files of a package on PostgreSQL; skipped where there is none, and in that run."""

    def test() -> None:
        paths = [place(package, name) for name in files]
        database = {"TEST_DATABASE_URL": postgres_of_the_run().url(package), "TEST_DATABASE_TEMPLATE": TEMPLATE}
        run = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", ONCE, *paths],
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
