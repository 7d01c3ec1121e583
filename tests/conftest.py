"""Fixtures every package's tests may use."""

from pathlib import Path

import pytest

from tests.servers.migrated import put_database
from tests.servers.run import begin_run, end_run


def pytest_configure(config: pytest.Config) -> None:
    """Make the folder all processes of this run share; who made it removes it."""
    if begin_run():
        config.add_cleanup(end_run)


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
