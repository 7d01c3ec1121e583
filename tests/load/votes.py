"""A hall votes by name on a running server, with every trace in: rights, rules, record, event, personal event.

The reference of throughput is a bare group commit of as many bytes behind a bare socket server, in turns with it.
`python -m tests.load.votes daphne sqlite 200` measures one line of the table.
"""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.live.rooms import wait_for_port
from tests.load.files import allow_many_files
from tests.load.report import report
from tests.servers.app import AppServer, app_server
from tests.servers.postgres import PostgresServer, free_port, postgres_server

ROOT = Path(__file__).resolve().parents[2]
ROUNDS, LOOP_SECONDS = 5, 2.0
VOTES = 2 * ROUNDS + 1
SERVERS, DATABASES, SIZES = ("daphne", "uvicorn"), ("sqlite", "postgresql"), (100, 200, 500, 1000)
HALL, LARGEST = 200, 1000


class Clients:
    """The process of the members: does what it is told, line by line."""

    def __init__(self, module: str = "tests.load.vote_clients") -> None:
        command = [sys.executable, "-m", module]
        self.process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def __call__(self, do: str, **what: Any) -> Any:
        """Have something done and return what came of it."""
        self.begin(do, **what)
        return self.end()

    def begin(self, do: str, **what: Any) -> None:
        """Have something begun."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps({"do": do, **what}) + "\n")
        self.process.stdin.flush()

    def end(self) -> Any:
        """Wait for what was begun."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError("the clients have ended")
        return json.loads(line)

    def stop(self) -> None:
        """End the process."""
        self.process.kill()
        self.process.wait()


@contextmanager
def crowd(module: str = "tests.load.vote_clients") -> Iterator[Clients]:
    """Run the process of the members until the block ends."""
    clients = Clients(module)
    try:
        yield clients
    finally:
        clients.stop()


@contextmanager
def bare(database: str) -> Iterator[tuple[int, int]]:
    """Run the reference on a free port; give port and process."""
    port = free_port()
    command = [sys.executable, "-m", "tests.load.bare_votes", str(port), database]
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
    try:
        wait_for_port(port, process)
        yield port, process.pid
    finally:
        process.kill()
        process.wait()


@dataclass
class Hall:
    """One installation with a meeting of `size`, the reference beside it, and the members."""

    server_name: str
    database: str
    size: int
    folder: Path
    stack: ExitStack
    clients: Clients
    postgres: PostgresServer | None = None
    room: dict[str, Any] = field(default_factory=dict)
    memory: int = 0

    @property
    def params(self) -> dict[str, Any]:
        """What a line of the report says about where it was measured."""
        return {"n": self.size, "server": self.server_name, "db": self.database}

    def address(self, name: str) -> str:
        """Return the address of a new database."""
        return self.postgres.url(name) if self.postgres else f"sqlite:///{self.folder / name}.sqlite3"

    def start(self) -> None:
        """Start the servers, fill the installation, let everybody in."""
        if self.database == "postgresql":
            self.postgres = self.stack.enter_context(postgres_server(()))
            for name in ("nghisu", "bare"):
                created(self.postgres.url(), name)
        port, pid = self.stack.enter_context(bare(self.address("bare")))
        self.bare_roots = [pid]
        self.serve()
        self.room = json.loads(child(["tests.load.hall", str(self.size), str(VOTES)], self.server))
        self.clients("arrive", name="bare", port=port, path="/", cookies=self.room["cookies"])
        self.arrived = self.arrive()

    def serve(self, port: int = 0) -> None:
        """Start the application's server."""
        variables = {"SERVER": self.server_name, "DEMO": "0", "DATABASE_URL": self.address("nghisu")}
        self.running = app_server(data_dir=self.folder / "data", port=port, **variables)
        self.server: AppServer = self.stack.enter_context(self.running)

    def arrive(self) -> float:
        """Let the members in."""
        where = {"port": self.server.port, "path": self.room["path"], "cookies": self.room["cookies"]}
        return float(self.clients("arrive", name="room", **where))

    @property
    def roots(self) -> list[int]:
        """The processes that answer for a vote: web and worker, and the database's."""
        return [self.server.process.pid, *([self.postgres.pid] if self.postgres else [])]


def created(url: str, name: str) -> None:
    """Make a database."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())


def child(module: list[str], server: AppServer) -> str:
    """Run one of our modules on the server's installation and return what it prints."""
    environment = {**server.environment, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", *module]
    return subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True).stdout


def measure(hall: Hall) -> None:
    """Print everything about one hall."""
    report("votes_arrive", hall.params, hall.arrived, "s")
    hall.memory = hall.clients("memory", roots=[hall.server.process.pid])
    report("votes_memory", hall.params, hall.memory / 1024, "MB PSS")
    votes = iter(hall.room["votes"])
    throughput(hall, next(votes))
    rounds(hall, votes)
    after = hall.clients("memory", roots=[hall.server.process.pid])
    report("votes_memory_after", hall.params, after / 1024, "MB PSS")
    if hall.size == LARGEST and hall.database == "sqlite":
        slow_line(hall, votes)
        restart(hall)


def throughput(hall: Hall, vote: str) -> None:
    """Everybody casts again upon the acknowledgement; in turns with the reference."""
    hall.clients("chair", name="room", verb="open_vote", vote=vote)
    ours, theirs = [], []
    for _ in range(ROUNDS):
        theirs.append(hall.clients("loop", name="bare", vote=vote, seconds=LOOP_SECONDS, roots=hall.bare_roots))
        ours.append(hall.clients("loop", name="room", vote=vote, seconds=LOOP_SECONDS, roots=hall.roots))
    units = {"rate": ("votes_rate", "ballots/s"), "cpu_ms": ("votes_cpu", "ms/ballot"), "p95": ("votes_wait_p95", "s")}
    for key, (bench, unit) in units.items():
        report(bench, hall.params, middle(ours, key), unit, middle(theirs, key))
    hall.clients("chair", name="room", verb="close_vote", vote=vote)
    hall.clients("chair", name="room", verb="declare_vote", vote=vote)


def middle(found: list[dict[str, float]], key: str) -> float:
    """Return the median of one of the figures."""
    return statistics.median(one[key] for one in found)


def rounds(hall: Hall, votes: Iterator[str]) -> None:
    """Vote after vote: opened, everybody at once, closed, declared."""
    times: dict[str, list[float]] = {"opened": [], "at_once": [], "declared": [], "bare": []}
    for _ in range(ROUNDS):
        vote = next(votes)
        times["opened"].append(hall.clients("told", name="room", verb="open_vote", token='"vote.opened"', vote=vote))
        times["bare"].append(hall.clients("at_once", name="bare", vote=vote))
        times["at_once"].append(hall.clients("at_once", name="room", vote=vote))
        hall.clients("chair", name="room", verb="close_vote", vote=vote)
        told = hall.clients("told", name="room", verb="declare_vote", token='"vote.declared"', vote=vote)
        times["declared"].append(told)
    report("votes_opened", hall.params, statistics.median(times["opened"]) * 1000, "ms")
    report("votes_at_once", hall.params, statistics.median(times["at_once"]), "s", statistics.median(times["bare"]))
    report("votes_declared", hall.params, statistics.median(times["declared"]) * 1000, "ms")


def restart(hall: Hall) -> None:
    """The server is killed and starts again: how long until everybody is in sync, counted from its greeting."""
    hall.clients("stay", name="room")
    after_kill, after_start = [], []
    for number in range(ROUNDS):
        port = hall.server.port
        hall.server.process.kill()
        hall.server.process.wait()
        killed = time.time()
        hall.clients.begin("back", name="room", number=number)
        hall.serve(port)
        started = time.time()
        back = hall.clients.end()
        after_kill.append(back - killed)
        after_start.append(back - started)
    report("votes_reconnect", hall.params, statistics.median(after_start), "s")
    report("votes_reconnect_from_kill", hall.params, statistics.median(after_kill), "s")


def slow_line(hall: Hall, votes: Iterator[str]) -> None:
    """What the chair does reaches everybody through a line that delays every packet by 40 ± 20 ms each way."""
    port = free_port()
    command = [sys.executable, "-m", "tests.load.slow_line", str(port), str(hall.server.port)]
    with subprocess.Popen(command, cwd=ROOT) as line:
        try:
            wait_for_port(port, line)
            hall.clients("leave", name="room")
            hall.clients("arrive", name="slow", port=port, path=hall.room["path"], cookies=hall.room["cookies"])
            acts = {"open_vote": '"vote.opened"', "close_vote": '"vote.closed"', "declare_vote": '"vote.declared"'}
            times = sorted(
                hall.clients("told", name="slow", verb=verb, token=token, vote=next_vote)
                for next_vote in list(votes)[:ROUNDS]
                for verb, token in acts.items()
            )
            hall.clients("leave", name="slow")
        finally:
            line.kill()
    hall.arrive()
    params = {**hall.params, "line": "40 ± 20 ms each way"}
    report("votes_slow_line_p50", params, statistics.median(times) * 1000, "ms")
    report("votes_slow_line_p95", params, times[int(len(times) * 0.95)] * 1000, "ms")


def run(server: str, database: str, size: int) -> int:
    """Measure one hall; return what web and worker held with everybody seated, in kB."""
    with tempfile.TemporaryDirectory(prefix="nghisu-votes-") as folder, ExitStack() as stack:
        hall = Hall(server, database, size, Path(folder), stack, stack.enter_context(crowd()))
        hall.start()
        measure(hall)
        return hall.memory


def main() -> None:
    """Print the lines of every hall, or of the one that is named."""
    allow_many_files()
    if len(sys.argv) > 1:
        run(sys.argv[1], sys.argv[2], int(sys.argv[3]))
        return
    for server in SERVERS:
        for database in DATABASES:
            if (server, database) != ("daphne", "sqlite"):
                run(server, database, HALL)
    held = {size: run("daphne", "sqlite", size) for size in SIZES}
    each = (held[LARGEST] - held[HALL]) / (LARGEST - HALL)
    report("votes_memory_per_seat", {"server": "daphne", "db": "sqlite"}, each, "kB PSS")


if __name__ == "__main__":
    main()
