"""Has a workbook read by a process of its own, with limits; nothing of it is believed before that."""

import json
import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from ledger.verdict import Refused

WORKER = Path(__file__).with_name("reader_worker.py")
MAX_BYTES = 10 * 1024 * 1024
WALL_SECONDS = 25
_places = BoundedSemaphore(2)


def read_workbook(content: bytes) -> list[dict[str, Any]]:
    """Return the sheets of a workbook as the worker reads them; raise `Refused` with what is wrong with the file."""
    if len(content) > MAX_BYTES:
        raise Refused("workbook_too_large")
    if not content.startswith(b"PK"):
        raise Refused("workbook_unreadable")
    with _places:
        answer = _answer(content)
    if "problem" in answer:
        raise Refused(answer["problem"])
    return list(answer["sheets"])


def _answer(content: bytes) -> dict[str, Any]:
    """Run the worker without our environment; one that is stopped by a limit has met a file that is too large."""
    try:
        ran = subprocess.run(
            [sys.executable, "-I", str(WORKER)],
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"PATH": "/usr/bin:/bin"},
            timeout=WALL_SECONDS,
            check=False,
        )
        return dict(json.loads(ran.stdout.decode("utf-8")))
    except (subprocess.TimeoutExpired, ValueError):
        return {"problem": "workbook_too_large"}
