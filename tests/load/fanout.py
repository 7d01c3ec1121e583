"""One room event, from the command through a real action (commit, audit entry, event) to the last of n sockets."""

import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.live.rooms import room_server, script, wait_for_port
from tests.load.files import allow_many_files
from tests.load.report import report
from tests.servers.migrated import put_database
from tests.servers.postgres import free_port

ROOT = Path(__file__).resolve().parents[2]
SERVERS = ("daphne", "uvicorn")
SIZES = (200, 1000)
VIEWS = ("chair", "", "guest")
ONE_PERSON = "from people.models import User; print(User.objects.create_user('an', full_name='Nguyễn Văn An').pk)"


@contextmanager
def bare_server() -> Iterator[int]:
    """Run the reference on a free port."""
    port = free_port()
    command = [sys.executable, "-m", "tests.load.bare_broadcast", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
    try:
        wait_for_port(port, process)
        yield port
    finally:
        process.kill()
        process.wait()


def measured(size: int, folder: Path) -> dict[str, float]:
    """Return the median milliseconds of the reference and of each server, all measured in turn."""
    path = folder / f"room-{size}.sqlite3"
    put_database(path)
    database = f"sqlite:///{path}"
    user = script(database, ONE_PERSON).strip()
    paths = [f"/ws/?user={user}&view={VIEWS[number % len(VIEWS)]}" for number in range(size)]
    with ExitStack() as stack:
        ports = {"bare": stack.enter_context(bare_server())}
        ports |= {name: stack.enter_context(room_server(database, name))[0] for name in SERVERS}
        targets = {name: [f"ws://127.0.0.1:{port}{path}" for path in paths] for name, port in ports.items()}
        command = [sys.executable, "-m", "tests.load.fanout_clients"]
        run = subprocess.run(
            command, cwd=ROOT, input=json.dumps(targets), stdout=subprocess.PIPE, text=True, check=True
        )
    return {name: statistics.median(times) for name, times in json.loads(run.stdout).items()}


def main() -> None:
    """Print one line per server and size."""
    allow_many_files()
    with tempfile.TemporaryDirectory(prefix="nghisu-fanout-") as folder:
        for size in SIZES:
            times = measured(size, Path(folder))
            for server in SERVERS:
                params = {"n": size, "server": server, "db": "sqlite", "views": len(VIEWS), "processes": 1}
                report("fanout", params, times[server], "ms", times["bare"])


if __name__ == "__main__":
    main()
