"""What all processes of one test run share: a folder, and in it the data of the demo and one PostgreSQL server."""

import json
import os
import shutil
import tempfile
from dataclasses import asdict
from pathlib import Path
from uuid import uuid4

import psycopg
from psycopg.sql import SQL, Identifier

from tests.servers.app import app_server
from tests.servers.migrated import alone, migrate
from tests.servers.postgres import PostgresServer, begun, ended, postgres_programs

RUN = "NGHISU_TEST_RUN"
TEMPLATE = "migrated"


def begin_run() -> bool:
    """Make the run's folder; False where a run that contains this one has made it."""
    if RUN in os.environ:
        return False
    os.environ[RUN] = tempfile.mkdtemp(prefix="nghisu-run-")
    return True


def end_run() -> None:
    """Stop what the run has started, and remove its folder."""
    folder = run_folder()
    if (folder / "postgres.json").exists():
        ended(postgres_of_the_run())
    shutil.rmtree(folder, ignore_errors=True)
    del os.environ[RUN]


def run_folder() -> Path:
    """Return the folder all processes of this run share."""
    return Path(os.environ[RUN])


def demo_data(target: Path) -> Path:
    """Put a data folder at `target` as the first start of `make run` leaves it; made once in a run."""
    made = run_folder() / "demo"
    with alone(run_folder() / "demo.lock"):
        if not made.exists():
            half = made.with_suffix(".half")
            with app_server(data_dir=half, DEMO="1", migrated=False):
                pass
            half.rename(made)
    shutil.copytree(made, target)
    return target


def postgres_of_the_run() -> PostgresServer:
    """Return the run's PostgreSQL server; its database `TEMPLATE` is migrated and stays as it is."""
    assert postgres_programs() is not None, "PostgreSQL is not installed"
    written = run_folder() / "postgres.json"
    with alone(run_folder() / "postgres.lock"):
        if not written.exists():
            server = begun()
            create(server, TEMPLATE, template="template1")
            migrate(server.url(TEMPLATE))
            written.with_suffix(".half").write_text(json.dumps(asdict(server), default=str), encoding="utf-8")
            written.with_suffix(".half").rename(written)
    found = json.loads(written.read_text(encoding="utf-8"))
    return PostgresServer(found["port"], Path(found["folder"]), found["pid"])


def postgres_database() -> str:
    """Return the address of a new migrated database."""
    server, name = postgres_of_the_run(), f"test_{uuid4().hex}"
    create(server, name, template=TEMPLATE)
    return server.url(name)


def create(server: PostgresServer, name: str, *, template: str) -> None:
    """Copy a database."""
    with psycopg.connect(server.url(), autocommit=True) as connection:
        connection.execute(SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(name), Identifier(template)))
