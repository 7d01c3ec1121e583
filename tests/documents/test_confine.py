"""A worker has no network, no secrets, no more than its allowance, and leaves nobody behind."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from documents.ingest.confine import Confined, WorkerFailed, run_confined
from documents.ingest.limits import MIB, Allowance

ALLOWANCE = Allowance(memory_bytes=512 * MIB, cpu_seconds=20, wall_seconds=20, file_bytes=MIB)


def _python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def _alive(pid: int) -> bool:
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text().rsplit(")", 1)[1].split()[0] != "Z"


def test_no_secret_reaches_the_worker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "hidden")
    with Confined(_python("import os; print(sorted(os.environ))"), folder=tmp_path, allowance=ALLOWANCE) as worker:
        printed = "".join(worker.lines())
        worker.finish()
    assert "SECRET_KEY" not in printed
    assert "PATH" in printed


def test_the_worker_has_no_network(tmp_path: Path) -> None:
    code = (
        "import socket, sys\n"
        "try: socket.create_connection(('127.0.0.1', int(sys.argv[1])), 2)\n"
        "except OSError: print('none')"
    )
    with socket.create_server(("127.0.0.1", 0)) as server:
        command = [*_python(code), str(server.getsockname()[1])]
        with Confined(command, folder=tmp_path, allowance=ALLOWANCE) as worker:
            printed = list(worker.lines())
            worker.finish()
    if not printed:
        pytest.skip("this system does not let a process leave the network")
    assert printed == ["none"]


@pytest.mark.parametrize(
    "code",
    [
        "x = bytearray(900 * 2**20)",
        "open('big', 'wb').write(b'x' * 2**21)",
        "import os; os.abort()",
        "raise SystemExit(3)",
    ],
)
def test_what_goes_too_far_fails(tmp_path: Path, code: str) -> None:
    with pytest.raises(WorkerFailed):
        run_confined(_python(code), folder=tmp_path, allowance=ALLOWANCE)


def test_endless_work_is_stopped(tmp_path: Path) -> None:
    by_clock = Allowance(memory_bytes=512 * MIB, cpu_seconds=20, wall_seconds=0.5)
    by_cpu = Allowance(memory_bytes=512 * MIB, cpu_seconds=1, wall_seconds=20)
    for code, allowance in (("import time; time.sleep(60)", by_clock), ("while True: pass", by_cpu)):
        start = time.monotonic()
        with pytest.raises(WorkerFailed) as failure:
            run_confined(_python(code), folder=tmp_path, allowance=allowance)
        assert failure.value.too_heavy
        assert time.monotonic() - start < 15


def test_grandchildren_die_with_the_worker(tmp_path: Path) -> None:
    code = (
        "import subprocess, sys\n"
        "print(subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']).pid, flush=True)"
    )
    with Confined(_python(code), folder=tmp_path, allowance=ALLOWANCE) as worker:
        grandchild = int(next(worker.lines()))
        assert _alive(grandchild)
    deadline = time.monotonic() + 5
    while _alive(grandchild) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _alive(grandchild)


def test_the_worker_dies_with_its_parent(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from documents.ingest.confine import Confined\nfrom documents.ingest.limits import Allowance\n"
        "w = Confined([sys.executable, '-c', 'import time; time.sleep(60)'], folder=Path('.'),"
        " allowance=Allowance(2**29, 20, 60))\n"
        "print(w._process.pid, flush=True); import time; time.sleep(60)"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    parent = subprocess.Popen(_python(code), cwd=tmp_path, stdout=subprocess.PIPE, env=environment)
    assert parent.stdout
    worker = int(parent.stdout.readline())
    time.sleep(0.5)
    assert _alive(worker)
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    deadline = time.monotonic() + 5
    while _alive(worker) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _alive(worker)


def test_the_worker_sees_no_file_of_ours(tmp_path: Path) -> None:
    secret, own = tmp_path / "secret", tmp_path / "own"
    secret.write_text("key", encoding="ascii")
    own.mkdir()
    code = (
        "import sys\nfrom pathlib import Path\nPath('mine').write_text('x')\n"
        "for act in (lambda: Path(sys.argv[1]).read_text(), lambda: Path(sys.argv[1]).write_text('x'),"
        " lambda: Path(f'/proc/{sys.argv[2]}/environ').read_bytes()):\n"
        "    try: act(); print('open')\n"
        "    except OSError: print('closed')\n"
    )
    with Confined([*_python(code), str(secret), str(os.getpid())], folder=own, allowance=ALLOWANCE) as worker:
        printed = list(worker.lines())
        worker.finish()
    if printed[0] == "open":
        pytest.skip("this kernel has no Landlock")
    assert printed == ["closed", "closed", "closed"]
