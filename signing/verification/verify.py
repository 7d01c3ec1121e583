"""Ask for a verdict from a web process or a command: the file is opened only in a worker."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from signing.trust import TrustList
from signing.verification.report import Reason, Report, failed
from signing.verification.worker import trust_to

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 60.0
PASSED_ON = ("PATH", "LANG", "LC_ALL", "VIRTUAL_ENV")


def verify(
    pdf: bytes, trust: TrustList, *, at: datetime, expected: Iterable[str] = (), limit: float = SECONDS
) -> Report:
    """Return the report on `pdf` at the moment `at`; `expected` are fields that must hold a signature."""
    head = {"trust": trust_to(trust), "at": at.isoformat(), "expected": sorted(expected), "size": len(pdf)}
    worker = subprocess.Popen(
        [sys.executable, "-m", "signing.verification.worker"],
        cwd=ROOT,
        env={name: os.environ[name] for name in PASSED_ON if name in os.environ},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        answer, _ = worker.communicate(json.dumps(head).encode() + b"\n" + pdf, timeout=limit)
        return Report.from_json(json.loads(answer))
    except subprocess.TimeoutExpired:
        return failed(Reason.TOO_LONG)
    except (OSError, ValueError, KeyError, TypeError):
        return failed(Reason.TOO_LONG if worker.poll() == -signal.SIGXCPU else Reason.UNREADABLE)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
