"""A real S3 server (SeaweedFS) on loopback, with its own keys, ports and folder."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import urllib3

_ROLES = ("admin", "master", "filer", "volume", "s3")


@dataclass(frozen=True)
class S3Server:
    """Where the server listens and who may use it."""

    endpoint: str
    access_key: str
    secret_key: str
    pid: int

    def settings(self, bucket: str = "nghisu-test") -> dict[str, object]:
        """Return the Django settings that make this server the blob store."""
        return {
            "S3_ENDPOINT": self.endpoint,
            "S3_BUCKET": bucket,
            "S3_ACCESS_KEY": self.access_key,
            "S3_SECRET_KEY": self.secret_key,
            "S3_SECURE": False,
        }


def weed_binary() -> Path | None:
    """Return SeaweedFS's program when it is installed beside Python."""
    path = Path(sys.executable).parent / "weed"
    return path if path.exists() else None


def free_ports(count: int) -> list[int]:
    """Return ports nobody listens on at this moment."""
    sockets = [socket.socket() for _ in range(count)]
    try:
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]
    finally:
        for one in sockets:
            one.close()


def _command(folder: Path, ports: dict[str, int], rpc: dict[str, int]) -> list[str]:
    command = [str(weed_binary()), "mini", f"-dir={folder / 'data'}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1"]
    command += [f"-{role}.port={port}" for role, port in ports.items()]
    command += [f"-{role}.port.grpc={port}" for role, port in rpc.items()]
    return [
        *command,
        f"-s3.config={folder / 'keys.json'}",
        "-master.telemetry=false",
        "-webdav=false",
        "-admin.ui=false",
        "-s3.port.iceberg=0",
        "-s3.port.lance=0",
        "-master.volumeSizeLimitMB=64",
    ]


def _keys_file(folder: Path, access_key: str, secret_key: str) -> None:
    identity = {
        "name": "tests",
        "credentials": [{"accessKey": access_key, "secretKey": secret_key}],
        "actions": ["Admin", "Read", "Write", "List", "Tagging"],
    }
    (folder / "keys.json").write_text(json.dumps({"identities": [identity]}), encoding="utf-8")


def _wait(endpoint: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    """Wait until the server answers S3 requests."""
    deadline = time.monotonic() + 40
    pool = urllib3.PoolManager(retries=False, timeout=1)
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"weed ended: {log.read_text(errors='replace')[-2000:]}")
        try:
            if pool.request("GET", f"http://{endpoint}/").status < 500:
                return
        except urllib3.exceptions.HTTPError:
            pass
        time.sleep(0.1)
    raise RuntimeError(f"weed does not answer: {log.read_text(errors='replace')[-2000:]}")


@contextmanager
def s3_server(
    folder: Path, *, access_key: str = "nghisu-test-key", secret_key: str = "nghisu-test-secret"
) -> Iterator[S3Server]:
    """Run an S3 server in `folder` until the block ends, then kill it."""
    (folder / "data").mkdir(parents=True, exist_ok=True)
    _keys_file(folder, access_key, secret_key)
    numbers = free_ports(2 * len(_ROLES))
    ports = dict(zip(_ROLES, numbers, strict=False))
    rpc = dict(zip(_ROLES, numbers[len(_ROLES) :], strict=True))
    endpoint, log = f"127.0.0.1:{ports['s3']}", folder / "weed.log"
    environment = {"PATH": os.defpath, "HOME": str(folder), "TMPDIR": str(folder)}
    with log.open("wb") as output:
        process = subprocess.Popen(  # the server outlives this call, the block ends it
            _command(folder, ports, rpc),
            stdout=output,
            stderr=output,
            cwd=folder,
            env=environment,
            start_new_session=True,
        )
    try:
        _wait(endpoint, process, log)
        yield S3Server(endpoint, access_key, secret_key, process.pid)
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
