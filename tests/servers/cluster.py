"""The grown topology on loopback: PostgreSQL, Redis, an S3 server, two web processes and a worker, all real."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from config.processes import PARENT
from tests.servers.app import ROOT, app_server, installation_environment
from tests.servers.postgres import postgres_server
from tests.servers.redis import redis_server
from tests.servers.seaweed import s3_server


@dataclass(frozen=True)
class Cluster:
    """Where everything listens."""

    web: list[str]
    database: str
    redis: str
    s3: str
    data_dir: str
    pids: dict[str, int]


@contextmanager
def cluster(folder: Path, *, web_processes: int = 2, **environment: str) -> Iterator[Cluster]:
    """Run the topology until the block ends; keyword arguments are further settings of the web processes."""
    with ExitStack() as stack:
        postgres = stack.enter_context(postgres_server())
        redis = stack.enter_context(redis_server())
        s3 = stack.enter_context(s3_server(folder / "s3"))
        data = folder / "data"
        settings = {
            "DATABASE_URL": postgres.url(),
            "REDIS_URL": redis.url,
            "S3_ENDPOINT": s3.endpoint,
            "S3_ACCESS_KEY": s3.access_key,
            "S3_SECRET_KEY": s3.secret_key,
            "S3_SECURE": "0",
            **environment,
        }
        web, pids = [], {"postgresql": postgres.pid, "redis": redis.pid, "s3": s3.pid}
        for number in range(web_processes):
            arguments = ["--no-worker"] if number else ["--no-worker", "--prepare"]
            server = stack.enter_context(app_server(data_dir=data, arguments=arguments, **settings))
            web.append(server.url)
            pids[f"web{number + 1}"] = server.process.pid
        pids["worker"] = stack.enter_context(worker(data, settings)).pid
        yield Cluster(web, postgres.url(), redis.url, s3.endpoint, str(data), pids)


@contextmanager
def worker(data: Path, settings: dict[str, str]) -> "Iterator[subprocess.Popen[bytes]]":
    """Run the background worker until the block ends."""
    variables = {**installation_environment(data, **settings), PARENT: str(os.getpid())}
    process = subprocess.Popen([sys.executable, str(ROOT / "manage.py"), "work", "--ticks"], env=variables, cwd=ROOT)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=30)


def main(state: Path) -> None:
    """Hold the topology until SIGTERM, and say in `state` where it is; `deploy/cluster-local` calls this."""
    enough = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: enough.set())
    with tempfile.TemporaryDirectory(prefix="nghisu-cluster-") as folder:
        try:
            with cluster(Path(folder), DEMO=os.environ.get("DEMO", "1")) as running:
                draft = state.with_suffix(".new")
                draft.write_text(json.dumps({"pid": os.getpid(), **asdict(running)}, indent=1), encoding="utf-8")
                draft.rename(state)
                enough.wait()
        finally:
            state.unlink(missing_ok=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
