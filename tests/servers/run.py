"""What all processes of one test run share: a folder, and in it the data of the demo and one PostgreSQL server."""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict
from functools import partial
from pathlib import Path
from uuid import uuid4

import psycopg
from psycopg.sql import SQL, Identifier

from tests.servers.app import RUN, give_tables, installation_environment, run_manage
from tests.servers.migrated import alone, fill_postgres
from tests.servers.postgres import PostgresServer, begun, ended, postgres_programs

TEMPLATE = "migrated"
MEMORY, ROOM = Path("/dev/shm"), 2 * 1024**3


def begin_run() -> bool:
    """Make the run's folder; False where a run that contains this one has made it."""
    if RUN in os.environ:
        return False
    os.environ[RUN] = tempfile.mkdtemp(prefix="nghisu-run-", dir=MEMORY if roomy(MEMORY) else None)
    return True


def roomy(folder: Path) -> bool:
    """Can the data of the tests lie here? In memory no commit waits for a disk."""
    return folder.is_dir() and os.access(folder, os.W_OK) and shutil.disk_usage(folder).free > ROOM


def end_run() -> None:
    """Stop what the run has started, and remove its folder."""
    server = known_postgres()
    if server is not None:
        ended(server)
    shutil.rmtree(run_folder(), ignore_errors=True)
    del os.environ[RUN]


def run_folder() -> Path:
    """Return the folder all processes of this run share."""
    return Path(os.environ[RUN])


@contextmanager
def demo_folder() -> Iterator[Path]:
    """Lend a data folder with the demo in it, where the run keeps its own."""
    with tempfile.TemporaryDirectory(prefix="server-", dir=run_folder()) as folder:
        yield demo_data(Path(folder) / "data")


def demo_data(target: Path) -> Path:
    """Put a data folder at `target` as `make run` leaves it once its worker has nothing left; made once in a run."""
    made = run_folder() / "demo"
    with alone(run_folder() / "demo.lock"):
        if not made.exists():
            half = made.with_suffix(".half")
            fill_demo(half)
            half.rename(made)
    shutil.copytree(made, target)
    return target


def fill_demo(folder: Path) -> None:
    """Fill a new data folder and do its jobs: every server on a copy would do them again, while the tests wait."""
    give_tables(folder)
    demo = installation_environment(folder, DEMO="1")
    run_manage(demo, "demo")
    workers = [partial(run_manage, demo, "work", "--batch") for _ in range(os.cpu_count() or 1)]
    with ThreadPoolExecutor() as pool:
        for worker in [pool.submit(work) for work in workers]:
            worker.result()


def postgres_of_the_run() -> PostgresServer:
    """Return the run's PostgreSQL server; its database `TEMPLATE` is migrated and stays as it is."""
    programs = postgres_programs()
    assert programs is not None, "PostgreSQL is not installed"
    migrated = run_folder() / "postgres.migrated"
    with alone(run_folder() / "postgres.lock"):
        server = known_postgres() or remembered(begun())
        if not migrated.exists():
            create(server, TEMPLATE, template="template1")
            fill_postgres(server.url(TEMPLATE), programs)
            migrated.touch()
    return server


def known_postgres() -> PostgresServer | None:
    """Return the server this run has started, if it has."""
    written = run_folder() / "postgres.json"
    if not written.exists():
        return None
    found = json.loads(written.read_text(encoding="utf-8"))
    return PostgresServer(found["port"], Path(found["folder"]), found["pid"])


def remembered(server: PostgresServer) -> PostgresServer:
    """Write down where the server is, so that the other processes find it and the end of the run ends it."""
    half = run_folder() / "postgres.half"
    half.write_text(json.dumps(asdict(server), default=str), encoding="utf-8")
    half.rename(run_folder() / "postgres.json")
    return server


def postgres_database() -> str:
    """Return the address of a new migrated database."""
    server, name = postgres_of_the_run(), f"test_{uuid4().hex}"
    create(server, name, template=TEMPLATE)
    return server.url(name)


def create(server: PostgresServer, name: str, *, template: str) -> None:
    """Copy a database; one that a failed attempt has left goes."""
    with psycopg.connect(server.url(), autocommit=True) as connection:
        connection.execute(SQL("DROP DATABASE IF EXISTS {}").format(Identifier(name)))
        connection.execute(SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(name), Identifier(template)))
