"""The real server, started as an installation starts it: its own data folder, port and processes."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from config.backup import DATABASE
from tests.servers.migrated import put_database
from tests.servers.redis import free_port

ROOT = Path(__file__).resolve().parents[2]
RUN = "NGHISU_TEST_RUN"
READY_SECONDS = 300  # a dead server ends the wait at once; a busy machine may take its time
STOP_SECONDS = 30
CLEARED = (
    "PRODUCTION",
    "DEBUG",
    "DEMO",
    "HTTPS",
    "DATABASE_URL",
    "REDIS_URL",
    "S3_ENDPOINT",
    "SECRET_KEY",
    "OIDC_ISSUER",
    "EMAIL_URL",
    "PUSH_HOSTS",
    "HOST",
    "PORT",
)


@dataclass
class AppServer:
    """One running `manage.py serve`."""

    port: int
    data_dir: Path
    process: "subprocess.Popen[str]"
    environment: Mapping[str, str]
    output: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        """The address without the last slash."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def text(self) -> str:
        """What the server has printed so far."""
        return "".join(self.output)

    def manage(self, *arguments: str) -> str:
        """Run another command of manage.py on the same data and return what it prints."""
        return run_manage(self.environment, *arguments)

    def listen_to_output(self) -> None:
        """Keep what the server prints, from a thread, so that it never waits for a reader."""

        def copy() -> None:
            assert self.process.stdout is not None
            self.output.extend(iter(self.process.stdout.readline, ""))

        threading.Thread(target=copy, daemon=True).start()

    def wait_until_ready(self) -> None:
        """Wait until the server says it may serve and has greeted."""
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline and self.process.poll() is None:
            if answers(f"{self.url}/healthz?db=1") and "Ctrl-C" in self.text:
                return
            time.sleep(0.05)
        raise RuntimeError(f"the server does not answer:\n{self.text[-4000:]}")

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Send a signal and return the exit status."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        try:
            return self.process.wait(timeout=STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise


def answers(url: str) -> bool:
    """Does this address answer 200?"""
    try:
        with urllib.request.urlopen(url, timeout=2) as response:
            return bool(response.status == 200)
    except (OSError, urllib.error.URLError):
        return False


def installation_environment(data_dir: Path, **changes: str) -> dict[str, str]:
    """Return the environment of an installation of its own: nothing of ours, `changes` on top."""
    ours = {name: value for name, value in os.environ.items() if name not in CLEARED}
    return {**ours, "DATA_DIR": str(data_dir), "DJANGO_SETTINGS_MODULE": "config.settings", **changes}


def run_manage(environment: Mapping[str, str], *arguments: str) -> str:
    """Run one command of manage.py and return what it prints."""
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    done = subprocess.run(command, env=dict(environment), cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"manage.py {' '.join(arguments)} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


@cache
def make_ready() -> None:
    """Compile catalogues and collect static files if they have changed; processes wait for each other."""
    command = ["flock", ".stamps/lock", "make", "-s", "ready"]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL, env=installation_environment(Path("data")))


def give_tables(folder: Path) -> None:
    """Put a migrated database into a data folder that has none."""
    database = folder / DATABASE
    if not database.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        put_database(database)


@contextmanager
def app_server(
    *,
    data_dir: Path | None = None,
    port: int = 0,
    arguments: Sequence[str] = ("--prepare",),
    **environment: str,
) -> Iterator[AppServer]:
    """Run the server until the block ends; keyword arguments are environment variables (DEMO="1", SERVER="uvicorn").

    A new data folder has its tables already; an empty DATABASE_URL has not, there the server makes them.
    """
    make_ready()
    folder = data_dir or Path(tempfile.mkdtemp(prefix="nghisu-app-", dir=os.environ.get(RUN)))
    if "DATABASE_URL" not in environment:
        give_tables(folder)
    port = port or free_port()
    variables = installation_environment(folder, PORT=str(port), **environment)
    process = subprocess.Popen(
        [sys.executable, "-u", str(ROOT / "manage.py"), "serve", *arguments],
        env=variables,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    server = AppServer(port, folder, process, variables)
    server.listen_to_output()
    try:
        server.wait_until_ready()
        yield server
    finally:
        server.stop()
        if data_dir is None:
            shutil.rmtree(folder, ignore_errors=True)
