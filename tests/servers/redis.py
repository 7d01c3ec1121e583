"""A real Redis server on loopback, in a folder of its own."""

import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

READY_SECONDS = 10


@dataclass(frozen=True)
class RedisServer:
    """Where the server listens."""

    port: int
    pid: int

    @property
    def url(self) -> str:
        """The address for REDIS_URL."""
        return f"redis://127.0.0.1:{self.port}/0"


def redis_program() -> str | None:
    """Return the server program, Redis or Valkey, when one is installed."""
    return shutil.which("redis-server") or shutil.which("valkey-server")


def free_port() -> int:
    """Return a port nobody listens on at this moment."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def redis_server() -> Iterator[RedisServer]:
    """Run a server that keeps nothing on disk, until the block ends."""
    program = redis_program()
    assert program is not None, "Redis is not installed"
    folder, port = Path(tempfile.mkdtemp(prefix="nghisu-redis-")), free_port()
    options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", str(folder)]
    process = subprocess.Popen([program, *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_until_ready(port, process)
        yield RedisServer(port, process.pid)
    finally:
        process.kill()
        process.wait()
        shutil.rmtree(folder, ignore_errors=True)


def wait_until_ready(port: int, process: "subprocess.Popen[bytes]") -> None:
    """Wait until the server answers a ping."""
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
                connection.sendall(b"PING\r\n")
                if connection.recv(16).startswith(b"+PONG"):
                    return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("Redis does not answer")
