"""A database of its own for the tests that run real servers."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.live.rooms import migrated, script
from tests.servers.postgres import postgres_programs, postgres_server

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
    """Make tables and people."""
    migrated(database)
    user, other = map(int, script(database, TWO_PEOPLE).split())
    return Place(database, user, other)


@pytest.fixture(scope="session")
def empty_place(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Place]:
    """Make the tables once; the tests take copies."""
    path = tmp_path_factory.mktemp("rooms") / "empty.sqlite3"
    return path, furnished(f"sqlite:///{path}")


@pytest.fixture
def place(empty_place: tuple[Path, Place], tmp_path: Path) -> Place:
    """Return a fresh SQLite file."""
    path, there = empty_place
    for source in path.parent.glob("empty.sqlite3*"):
        shutil.copy(source, tmp_path / source.name)
    return Place(f"sqlite:///{tmp_path / 'empty.sqlite3'}", there.user, there.other)


@pytest.fixture(scope="session")
def postgres_place() -> Iterator[Place]:
    """Return a database on a PostgreSQL server of our own."""
    if postgres_programs() is None:
        pytest.skip("PostgreSQL is not installed")
    with postgres_server() as server:
        yield furnished(server.url())
