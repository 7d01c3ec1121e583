"""Fixtures every package's tests may use."""

import gc
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.servers.migrated import put_database
from tests.servers.run import begin_run, end_run

if TYPE_CHECKING:
    from tests.meetings.factories import World


def pytest_configure(config: pytest.Config) -> None:
    """Make the folder all processes of this run share; who made it removes it."""
    if begin_run():
        config.add_cleanup(end_run)


LONG = ("browser", "postgres", "slow")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files with long tests first: the short ones at the end keep both workers busy to the last."""
    long = {item.path for item in items if any(item.get_closest_marker(name) for name in LONG)}
    tests = Counter(item.path for item in items)
    items.sort(key=lambda item: (item.path not in long, -tests[item.path], item.path))


def pytest_collection_finish() -> None:
    """Spare the collector of garbage what lives as long as the process: programs, tests, their fixtures."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings: None) -> bool:
    """Start from a copy of the migrated database; on PostgreSQL `tests.settings` names one to copy."""
    from django.db import connection

    if connection.vendor != "sqlite":
        return False
    put_database(Path(connection.settings_dict["TEST"]["NAME"]))
    return True


@pytest.fixture(scope="session", autouse=True)
def _flushable() -> None:
    from tests.flushing import allow_flush

    allow_flush()


@pytest.fixture
async def nothing_left() -> AsyncIterator[None]:
    """Send every page away afterwards, and end what follows the log and what counts ballots in this process."""
    from live.hub import current_hub
    from live.lines.line import leave_all
    from meetings.ballot_box import ballot_box

    yield
    await leave_all(0)
    current_hub().stop()
    ballot_box.stop()


@pytest.fixture
def made(nothing_left: None) -> "World":
    """Make a meeting that is going on, with everybody in it."""
    from tests.meetings.factories import world

    return world("open")
