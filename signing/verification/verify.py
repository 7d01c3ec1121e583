"""Ask for a verdict from a web process or a command: the file is opened only in a worker, fenced in as uploads are."""

import json
import tempfile
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from documents.ingest.confine import Confined, WorkerFailed, python_worker
from documents.ingest.limits import MIB, Allowance
from signing.trust import TrustList
from signing.verification.report import Reason, Report, failed
from signing.verification.worker import trust_to

SOURCE = Path(__file__).resolve().parents[1]
SECONDS = 60.0
MEMORY, CPU_SECONDS, FILE_BYTES = 2048 * MIB, 60, MIB


def verify(
    pdf: bytes, trust: TrustList, *, at: datetime, expected: Iterable[str] = (), limit: float = SECONDS
) -> Report:
    """Return the report on `pdf` at the moment `at`; `expected` are fields that must hold a signature."""
    head = {"trust": trust_to(trust), "at": at.isoformat(), "expected": sorted(expected)}
    try:
        with tempfile.TemporaryDirectory(prefix="nghisu-verify-") as name:
            request = Path(name) / "request"
            request.write_bytes(json.dumps(head).encode() + b"\n" + pdf)
            return Report.from_json(json.loads(_answer(request, Allowance(MEMORY, CPU_SECONDS, limit, FILE_BYTES))))
    except WorkerFailed as error:
        return failed(Reason.TOO_LONG if error.too_heavy else Reason.UNREADABLE)
    except (OSError, ValueError, KeyError, TypeError):
        return failed(Reason.UNREADABLE)


def _answer(request: Path, allowance: Allowance) -> str:
    """Return what the worker prints: it has no network and reads its folder, our source and the system's programs."""
    command = python_worker("signing.verification.worker", str(request))
    with Confined(command, folder=request.parent, allowance=allowance, reads=[SOURCE]) as worker:
        answer = "".join(worker.lines())
        worker.finish()
    return answer
