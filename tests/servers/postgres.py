"""A real PostgreSQL server on loopback, in a folder of its own, run by somebody who is not root."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

NOT_ROOT = ("postgres", "nobody")
READY_SECONDS = 40
STOP_SECONDS = 10


@dataclass(frozen=True)
class PostgresServer:
    """Where the server listens; any user may connect from this machine."""

    port: int
    folder: Path
    pid: int

    def url(self, database: str = "postgres") -> str:
        """Return the address for DATABASE_URL."""
        return f"postgres://postgres@127.0.0.1:{self.port}/{database}"


def postgres_programs() -> Path | None:
    """Return the folder of `initdb` and `postgres` when Debian's package is installed, the newest version."""
    folders = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    return max(folders, key=lambda folder: int(folder.parent.name), default=None)


def free_port() -> int:
    """Return a port nobody listens on at this moment."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def identity() -> dict[str, Any]:
    """Return whom to run the server as: ourselves, or somebody else if we are root."""
    if os.getuid() != 0:
        return {}
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    user = next(names[name] for name in NOT_ROOT if name in names)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


@contextmanager
def postgres_server(settings: Sequence[str] = ("fsync=off",)) -> Iterator[PostgresServer]:
    """Run a server until the block ends; `settings` are lines of postgresql.conf."""
    server = begun(settings)
    try:
        yield server
    finally:
        ended(server)


def begun(settings: Sequence[str] = ("fsync=off",)) -> PostgresServer:
    """Start a server that runs until it is `ended`, by this process or by another."""
    programs = postgres_programs()
    assert programs is not None, "PostgreSQL is not installed"
    folder, who = Path(tempfile.mkdtemp(prefix="nghisu-pg-")), identity()
    if who:
        os.chown(folder, who["user"], who["group"])
    process = None
    try:
        port = free_port()
        initialised(programs, folder, who, [f"port={port}", *settings])
        process = started(programs, folder, who)
        wait_until_ready(programs, port, process, folder / "log")
    except BaseException:
        stopped(process)
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return PostgresServer(port, folder, process.pid)


def ended(server: PostgresServer) -> None:
    """End a server at once, whichever process has started it: its data go with it."""
    with suppress(psutil.NoSuchProcess):
        stopped(psutil.Process(server.pid))
    shutil.rmtree(server.folder, ignore_errors=True)


def initialised(programs: Path, folder: Path, who: dict[str, Any], settings: Sequence[str]) -> None:
    """Make the database cluster."""
    sync = ["--no-sync"] if "fsync=off" in settings else []
    options = ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", *sync]
    command = [str(programs / "initdb"), "-D", str(folder / "data"), *options]
    subprocess.run(command, check=True, capture_output=True, cwd=folder, **who)
    lines = ["listen_addresses='127.0.0.1'", f"unix_socket_directories='{folder}'", "max_connections=60", *settings]
    with (folder / "data" / "postgresql.conf").open("a", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines)


def started(programs: Path, folder: Path, who: dict[str, Any]) -> "subprocess.Popen[bytes]":
    """Start the server."""
    with (folder / "log").open("wb") as output:
        return subprocess.Popen(  # the server outlives this call, the block ends it
            [programs / "postgres", "-D", folder / "data"],
            stdout=output,
            stderr=output,
            cwd=folder,
            start_new_session=True,
            **who,
        )


def wait_until_ready(programs: Path, port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    """Wait until the server takes connections."""
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        if subprocess.run([programs / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)]).returncode == 0:
            return
        time.sleep(0.1)
    raise RuntimeError(f"PostgreSQL does not answer: {log.read_text(errors='replace')[-2000:]}")


def stopped(process: "subprocess.Popen[bytes] | psutil.Process | None") -> None:
    """End the server's first process, which takes the others along."""
    if process is None:
        return
    for number in (signal.SIGQUIT, signal.SIGKILL):
        with suppress(ProcessLookupError, psutil.NoSuchProcess):
            process.send_signal(number) if number == signal.SIGQUIT else os.killpg(process.pid, number)
        with suppress(subprocess.TimeoutExpired, psutil.TimeoutExpired):
            process.wait(timeout=STOP_SECONDS)
            return
