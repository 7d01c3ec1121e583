"""A database of its own for the tests that run real servers."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.live.rooms import script
from tests.servers.migrated import put_database
from tests.servers.postgres import postgres_programs
from tests.servers.run import postgres_database

TWO_PEOPLE = """
from people.models import User
for name in ("an", "binh"):
    print(User.objects.create_user(name, full_name="Nguyễn Văn An").pk)
"""


@dataclass(frozen=True)
class Place:
    """A migrated database with two people in it."""

    database: str
    user: int
    other: int


def furnished(database: str) -> Place:
    """Put people into a migrated database."""
    user, other = map(int, script(database, TWO_PEOPLE).split())
    return Place(database, user, other)


@pytest.fixture(scope="session")
def empty_place(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Place]:
    """Make the people once; the tests take copies."""
    path = tmp_path_factory.mktemp("rooms") / "empty.sqlite3"
    put_database(path)
    return path, furnished(f"sqlite:///{path}")


@pytest.fixture
def place(empty_place: tuple[Path, Place], tmp_path: Path) -> Place:
    """Return a fresh SQLite file."""
    path, there = empty_place
    for source in path.parent.glob("empty.sqlite3*"):
        shutil.copy(source, tmp_path / source.name)
    return Place(f"sqlite:///{tmp_path / 'empty.sqlite3'}", there.user, there.other)


@pytest.fixture(scope="session")
def postgres_place() -> Place:
    """Return a database on the run's PostgreSQL server."""
    if postgres_programs() is None:
        pytest.skip("PostgreSQL is not installed")
    return furnished(postgres_database())
